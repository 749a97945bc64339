/* Files that a visitor brings: dropped on the form, read, placed bit by bit; all of it works without. */

import { all } from "../../assets/dom.js";

const SPACE = "\u202f";
/** Milliseconds between two looks at a queue. */
const WAIT = 1000;

/** @param {number} value */
function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, SPACE);
}

/**
 * @template {Element} E
 * @param {ParentNode} within
 * @param {string} selector of a part that is sure to be there
 */
function part(within, selector) {
  return /** @type {E} */ (within.querySelector(selector));
}

/**
 * The whole form takes a file that is dropped on it, and says that it is being read.
 * @param {HTMLElement} form
 */
function bring(form) {
  const input = /** @type {HTMLInputElement} */ (part(form, "input[type=file]"));
  const status = part(form, "[data-bring-status]");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.dataset.over = "";
    });
  }
  form.addEventListener("dragleave", () => { delete form.dataset.over; });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    delete form.dataset.over;
    const dropped = event.dataTransfer?.files;
    if (!dropped?.length) return;
    input.files = dropped;
    status.textContent = dropped[0].name;
  });
  form.addEventListener("submit", () => {
    status.textContent = "Lecture de " + (input.files?.length ? input.files[0].name : "ce fichier") + "…";
  });
}

/**
 * Another sheet is another table: it is read at once.
 * @param {HTMLElement} form
 */
function columns(form) {
  const sheet = form.querySelector("#partie");
  if (sheet) sheet.addEventListener("change", () => { /** @type {HTMLFormElement} */ (form).requestSubmit(); });
  form.addEventListener("submit", () => {
    part(form, "[data-working-status]").textContent = form.dataset.working || "";
  });
}

/**
 * The sentence of a page that refuses; of any other page, that it is no answer.
 * @param {string} page
 * @param {number} status
 */
function sentenceOf(page, status) {
  const read = new DOMParser().parseFromString(page, "text/html");
  const said = read.querySelector("[role=alert], .failure, main .sentence, main p");
  const text = status < 500 && said ? (said.textContent || "").trim() : "";
  return text || "Le serveur n’a pas pu placer ce fichier (erreur " + status + "). Revenez aux colonnes, ou apportez-le de nouveau.";
}

/**
 * Asks for one stretch after another until all is placed or the visitor stops.
 * @param {HTMLElement} asked
 */
function advance(asked) {
  const form = /** @type {HTMLFormElement} */ (asked);
  const button = part(form, "button");
  const bar = /** @type {HTMLProgressElement} */ (part(document, "[data-progress]"));
  const words = part(document, "[data-progress-words]");
  let running = false;

  /** @returns {Promise<{ over: boolean, done?: number, total?: number, waiting?: boolean }>} */
  async function stretch() {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    if (!answer.ok || !json) {
      tell(sentenceOf(await answer.text(), answer.status));
      return { over: true };
    }
    return answer.json();
  }

  /** What is no progress is said where the progress stood: the columns can then be corrected. */
  /** @param {string} sentence */
  function tell(sentence) {
    running = false;
    words.textContent = sentence;
    words.classList.replace("sentence", "failure");
    words.setAttribute("role", "alert");
    bar.hidden = true;
    form.hidden = true;
  }

  async function run() {
    running = true;
    button.textContent = "Arrêter";
    while (running) {
      const { over, done = 0, total, waiting } = await stretch();
      if (total === undefined) return;
      bar.value = done;
      words.textContent = number(done) + " adresses placées sur " + number(total) + ".";
      if (over) {
        window.location.reload();
        return;
      }
      if (waiting) {
        words.textContent += " D’autres fichiers se placent : le vôtre attend son tour.";
        await new Promise((resolve) => { window.setTimeout(resolve, WAIT); });
      }
    }
    button.textContent = "Reprendre";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (running) {
      running = false;
      button.textContent = "Arrêt…";
      return;
    }
    run().catch(() => {
      running = false;
      button.textContent = "Reprendre";
      words.textContent = "Le serveur ne répond pas : reprenez dans un instant.";
    });
  });
  if (form.dataset.advance === "now") form.requestSubmit();
}

/**
 * Asks where the file is in the queue, and shows its page when its turn is over.
 * @param {Element} words
 */
function wait(words) {
  async function look() {
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "application/json" } });
      const told = answer.ok ? await answer.json() : { waiting: false };
      if (!told.waiting) {
        window.location.reload();
        return;
      }
      if (words.textContent !== told.words) words.textContent = told.words;
    } catch {
      words.textContent = "Le serveur ne répond pas : cette page réessaie.";
    }
    window.setTimeout(look, WAIT);
  }
  window.setTimeout(look, WAIT);
}

/** Addresses are shown whole, as another program wants them. */
for (const address of all("[data-address]")) {
  address.textContent = new URL(address.textContent || "", window.location.href).href;
}
all("[data-bring]").forEach(bring);
all("[data-working]").forEach(columns);
all("[data-advance]").forEach(advance);
all("[data-waiting]").forEach(wait);
