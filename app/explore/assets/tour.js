/* The first visit: four steps beside the map, offered once, never over it; recalled by a button or by #visite. */

import { announce, embedded, withMap } from "../../assets/core.js";
import { all, byId, element, hit } from "../../assets/dom.js";

/** @typedef {[title: string, text: string, shows: string]} Step the last has the ids of what is spoken of */

const SEEN = "atlas62.visite";
const RECALLED = "#visite";

/** @type {Step[]} */
let steps = [];
let at = 0;
/** @type {Element | null} */
let before = null;

/** Where the browser keeps nothing, the tour is not offered at each visit. */
function seen() {
  try {
    return window.localStorage.getItem(SEEN) !== null;
  } catch {
    return true;
  }
}

function remember() {
  try {
    window.localStorage.setItem(SEEN, "vue");
  } catch { /* nothing is kept: it will be offered again */ }
}

/**
 * @param {string} text
 * @param {string} does
 */
function button(text, does) {
  return element("button", { type: "button", class: "tour-" + does, "data-tour-step": does }, text);
}

function holder() {
  return byId("tour");
}

/** @param {string} does */
function buttonOf(does) {
  return /** @type {HTMLButtonElement} */ (holder().querySelector(".tour-" + does));
}

/**
 * The part itself, or on a phone, where it lies behind its tab, the tab.
 * @param {string} id
 */
function partOf(id) {
  const part = document.getElementById(id) || all("[data-still=" + id + "]")[0];
  const seen = part && part.checkVisibility({ visibilityProperty: true });
  return seen ? part.closest(".search") || part : document.querySelector("[data-panel-of=" + id + "]");
}

/** @param {string} ids with spaces between them; empty for none */
function mark(ids) {
  for (const part of all("[data-toured]")) delete part.dataset.toured;
  for (const part of ids.split(" ").filter(Boolean).map(partOf)) {
    if (part instanceof HTMLElement) part.dataset.toured = "yes";
  }
}

function fill() {
  const [title, text, shows] = steps[at];
  holder().querySelector(".tour-said")?.replaceChildren(
    element("p", { class: "note" }, "Visite guidée, " + (at + 1) + " sur " + steps.length),
    element("h2", null, title), element("p", null, text),
  );
  buttonOf("back").disabled = at === 0;
  buttonOf("next").textContent = at === steps.length - 1 ? "Terminer" : "Suivant";
  mark(shows);
}

/** @param {boolean} focus */
function open(focus) {
  if (!steps.length) return;
  at = 0;
  const said = element("div", { class: "tour-said", "aria-live": "polite" });
  const ways = element("div", { class: "tour-ways" },
    button("Passer", "skip"), button("Précédent", "back"), button("Suivant", "next"));
  const panel = element("section", { class: "tour", "aria-label": "Visite guidée", tabindex: "-1" }, said, ways);
  holder().replaceChildren(panel);
  fill();
  if (focus) {
    before = document.activeElement;
    panel.focus();
  } else announce("Une visite guidée en quatre pas est proposée après l’en-tête.");
}

function close() {
  remember();
  mark("");
  const inside = holder().contains(document.activeElement);
  holder().replaceChildren();
  if (!inside) return;
  const back = before && before.isConnected && before !== document.body ? before : document.getElementById("map");
  if (back instanceof HTMLElement) back.focus({ preventScroll: true });
  before = null;
}

/** @param {string | undefined} does */
function step(does) {
  const next = at + (does === "back" ? -1 : 1);
  if (does === "skip" || next >= steps.length) close();
  else {
    at = Math.max(0, next);
    fill();
    if (document.activeElement instanceof HTMLButtonElement && document.activeElement.disabled) buttonOf("next").focus();
  }
}

function recalled() {
  if (window.location.hash !== RECALLED) return false;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  open(true);
  return true;
}

document.addEventListener("click", (event) => {
  const way = hit(event, "[data-tour-step]");
  if (way) step(way.dataset.tourStep);
  else if (hit(event, "[data-tour]")) open(true);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && hit(event, "#tour")) close();
});

window.addEventListener("hashchange", recalled);

document.addEventListener("fields", () => {
  if (document.getElementById("tour")?.firstChild) mark(steps[at][2]);
});

/**
 * Steps that the server wrote → the tour, for who comes for the first time and to no view in particular.
 * @param {Step[]} given
 */
export function offerTour(given) {
  steps = given;
  if (recalled() || seen() || window.location.search || embedded()) return;
  withMap((map) => { map.whenReady(() => { open(false); }); });
}
