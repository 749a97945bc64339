/* Livrets: the preview follows the choices; jobs are asked for, watched, stopped and taken up again here.
   Without this script the same form leads to a page for each job. */

import { all, byId, element, fieldById, fields } from "../../assets/dom.js";
import { ask, watch, wordsOf } from "./jobs.js";

/** @import { Job } from "./jobs.js" */

const form = /** @type {HTMLFormElement} */ (document.getElementById("livret"));
const place = /** @type {HTMLSelectElement} */ (form.elements.namedItem("lieu"));
const preview = byId("apercu");
const said = byId("apercu-dit");
const jobs = preview.dataset.jobs || "";
const WAIT = 500;
const LOOK_AT_PREVIEW = 150;
/** @type {Record<string, string>} */
const WORDS = {
  attend: "En attente d’une place…", court: "En cours…", fini: "C’est prêt.", "échoué": "Rien n’a été fait.",
  "annulé": "Arrêté.", interrompu: "Interrompu.",
};

/** @param {Record<string, string>} more */
function choices(more) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
}

/* The preview: one job at a time, the one before is stopped. */

/** @type {Job | null} */
let current = null;
let number = 0;

/** @param {Job} job */
function showPreview(job) {
  preview.setAttribute("aria-busy", String(job.alive));
  if (job.alive) said.textContent = "Dessin en cours…";
  else if (job.phase === "fini") {
    const name = place.selectedOptions[0].textContent;
    preview.replaceChildren(element("img", { src: job.url + "/fichier", alt: "Aperçu de la page : " + name }));
    said.textContent = "";
  } else said.textContent = job.message;
}

async function refresh() {
  const mine = number += 1;
  const wanted = () => mine === number;
  if (current && current.alive) ask(current.url + "/annuler", "").catch(() => {});
  preview.setAttribute("aria-busy", "true");
  said.textContent = "Dessin en cours…";
  try {
    current = await ask(jobs, choices({ sortie: "svg" }));
    current = await watch(current, showPreview, wanted, LOOK_AT_PREVIEW);
    // somebody else who wanted the same page no longer does, or the workshop was closed
    if (wanted() && ["annulé", "interrompu"].includes(current.phase)) {
      current = await watch(await ask(current.url + "/reprendre", ""), showPreview, wanted, LOOK_AT_PREVIEW);
    }
  } catch (error) {
    if (wanted()) said.textContent = wordsOf(error);
  }
}

/** The address holds the choices, so that it can be sent to a colleague. */
function writeAddress() {
  // files are of this visit alone
  const kept = new URLSearchParams([...choices({})].flatMap(([name, value]) => (
    typeof value === "string" ? [[name, value]] : []
  )));
  const layers = kept.getAll("couches").filter((layer) => layer !== "aucune");
  kept.set("couches", layers.join(",") || "aucune");
  for (const [name, value] of [...kept]) if (!value) kept.delete(name);
  window.history.replaceState(null, "", "?" + kept.toString().replace(/%3A/g, ":").replace(/%2C/g, ","));
}

/** Only the operations of the place have a caption to write. */
function showCaptions() {
  const lines = all("[data-places]");
  for (const line of lines) line.hidden = !line.dataset.places?.split(" ").includes(place.value);
  const group = document.getElementById("legendes");
  if (group) group.hidden = lines.every((line) => line.hidden);
}

const layers = byId("couches");
/** @type {Record<string, string[]>} */
const usual = JSON.parse(layers.dataset.usual || "{}");

/** Each kind of place has its usual layers, until somebody chooses others. */
function tickUsualLayers() {
  const chosen = place.selectedOptions[0];
  const shown = usual[chosen.dataset.level || chosen.value.split(":")[0]];
  for (const box of fields("[type=checkbox]", layers)) box.checked = shown.includes(box.value);
}

place.addEventListener("input", () => {
  if ("untouched" in layers.dataset) tickUsualLayers();
});
layers.addEventListener("input", () => { delete layers.dataset.untouched; });

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
form.addEventListener("input", () => {
  showCaptions();
  clearTimeout(timer);
  timer = setTimeout(() => {
    writeAddress();
    refresh();
  }, WAIT);
});

/* Files and batches. */

/**
 * @param {string} label
 * @param {string} url
 * @param {HTMLElement} room where the job is told of
 */
function act(label, url, room) {
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", () => { begin(ask(url, ""), room); });
  return button;
}

/**
 * @param {Job} job
 * @param {HTMLElement} room
 */
function card(job, room) {
  const done = job.pages ? element("p", null,
    element("progress", { value: job.done, max: job.pages, "aria-label": "Pages faites" }),
    " " + job.done + " sur " + job.pages + " pages") : null;
  const lights = job.report.length ? element("ul", { class: "lights" }, ...job.report.map(([colour, text]) => (
    element("li", { class: "light-" + colour }, element("strong", null, colour), " " + text)
  ))) : null;
  const next = job.phase === "fini"
    ? element("a", { class: "take", href: job.url + "/fichier", download: "" }, "Télécharger")
    : job.alive ? act("Arrêter", job.url + "/annuler", room) : act("Reprendre", job.url + "/reprendre", room);
  return element("div", { class: "job" },
    element("p", null, element("strong", null, job.title), " – " + WORDS[job.phase] + " " + job.message),
    done, lights, element("p", null, next));
}

/**
 * Tells of a job in its room, until it is over or another one is told of there.
 * @param {Promise<Job>} begun
 * @param {HTMLElement} room
 */
async function begin(begun, room) {
  try {
    const job = await begun;
    room.dataset.job = job.id;
    await watch(job, (now) => { room.replaceChildren(card(now, room)); }, () => room.dataset.job === job.id);
  } catch (error) {
    room.textContent = wordsOf(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!button) return;
  const batch = button.name === "lot";
  const printer = fieldById("lot-imprimeur").checked;
  const more = batch
    ? { lot: button.value, sortie: printer ? "imprimeur" : "pdf" } : { sortie: button.value };
  begin(ask(jobs, choices(/** @type {Record<string, string>} */ (more))), byId(batch ? "lot" : "travail"));
});

refresh();
