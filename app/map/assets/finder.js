/* The search box of every page, in the combobox pattern of WAI-ARIA. It is a field from the first moment: what is typed
   before the names are there is looked for when they come. */

import { all, element, hit } from "../../assets/dom.js";
import { isReady, load, search } from "./search.js";

const BOX = "search";
const LIST = "found";
const OPTION = "[role=option]";

/** What the page does with the entry that is chosen, and when the box is left. */
let take = (/** @type {string} */ _value) => {};
let leave = () => {};
/** Enter was pressed before the names were there. */
let wanted = false;

function box() {
  return /** @type {HTMLInputElement | null} */ (document.getElementById(BOX));
}

function list() {
  return document.getElementById(LIST);
}

function options() {
  const there = list();
  return there && !there.hidden ? all(OPTION, there) : [];
}

function marked() {
  return options().find((option) => option.hasAttribute("data-combobox-selected"));
}

/** @param {HTMLElement | undefined} option */
function mark(option) {
  for (const other of options()) {
    other.toggleAttribute("data-combobox-selected", other === option);
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) {
    box()?.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else box()?.removeAttribute("aria-activedescendant");
}

/** @param {boolean} yes */
function open(yes) {
  const there = list();
  if (!there) return;
  if (!yes) mark(undefined);
  there.hidden = !yes;
  box()?.setAttribute("aria-expanded", String(yes && options().length > 0));
}

/** @param {import("./search.js").Kind[]} groups */
function render(groups) {
  let number = 0;
  list()?.replaceChildren(...groups.map(({ group, items }) => {
    const title = "group-" + (number += 1);
    return element("li", { role: "presentation" },
      element("p", { class: "found-group", id: title, role: "presentation" }, group),
      element("ul", { role: "group", "aria-labelledby": title }, ...items.map((item) => element("li", {
        role: "option", id: "option-" + (number += 1), "data-value": item.value, "aria-selected": "false", class: "found",
      }, element("span", null, item.label), element("span", { class: "found-detail" }, item.detail)))));
  }));
}

/**
 * A line that is no option: the names are on their way, nothing has such a name.
 * @param {string} sentence
 */
function say(sentence) {
  list()?.replaceChildren(element("li", { role: "presentation", class: "found-none" }, sentence));
  open(true);
}

/** Shows what fits the text of the box. */
export function look() {
  const field = box();
  if (!field) return;
  const text = field.value.trim();
  if (!isReady()) {
    if (text) say("Les noms arrivent…");
    load().then(lookNow, () => { say("La recherche n’est pas disponible\u00a0: rechargez la page."); });
    return;
  }
  const groups = search(text);
  if (groups.length) {
    render(groups);
    open(true);
    mark(options()[0]);
  } else if (text) say("Aucun résultat. Essayez une commune, un EPCI ou son sigle, une opération.");
  else open(false);
}

function lookNow() {
  if (document.activeElement !== box()) return;
  look();
  if (wanted) choose(options()[0]);
  wanted = false;
}

/** @param {HTMLElement | undefined} option */
function choose(option) {
  const field = box();
  if (!option || !field) return;
  field.value = "";
  open(false);
  take(option.dataset.value || "");
}

/** @param {KeyboardEvent} event */
function press(event) {
  const found = options();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step) {
    event.preventDefault();
    const at = found.findIndex((option) => option === marked());
    if (!found.length) look();
    else mark(found[(at + step + found.length) % found.length]);
  } else if (event.key === "Escape") {
    if (list()?.hidden === false) event.preventDefault();
    open(false);
    leave();
  } else if (event.key === "Enter" && box()?.value.trim()) {
    if (isReady()) {
      event.preventDefault();
      choose(marked() || found[0]);
    } else wanted = true;
    event.preventDefault();
  }
}

/** @param {Event} event */
function isBox(event) {
  return event.target instanceof Element && event.target.id === BOX;
}

/**
 * @param {(value: string) => void} choosing
 * @param {() => void} [leaving]
 */
export function useFinder(choosing, leaving) {
  take = choosing;
  if (leaving) leave = leaving;
  document.addEventListener("input", (event) => {
    wanted = false;
    if (isBox(event)) look();
  });
  document.addEventListener("focusin", (event) => { if (isBox(event)) look(); });
  document.addEventListener("focusout", (event) => {
    if (!isBox(event)) return;
    open(false);
    leave();
  });
  document.addEventListener("keydown", (event) => { if (isBox(event)) press(event); });
  // the box keeps the focus while an entry is pressed
  document.addEventListener("pointerdown", (event) => { if (hit(event, "#" + LIST)) event.preventDefault(); });
  document.addEventListener("mousedown", (event) => { if (hit(event, "#" + LIST)) event.preventDefault(); });
  document.addEventListener("click", (event) => { choose(hit(event, "#" + LIST + " " + OPTION) || undefined); });
  document.addEventListener("pointerover", (event) => {
    if (hit(event, ".header")) load().catch(() => { /* said when something is typed */ });
  }, { passive: true });
  // typed while the scripts were on their way
  if (box()?.value && document.activeElement === box()) look();
}
