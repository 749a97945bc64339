/* The form of the classes: what is chosen goes to the store of the choice, what is drawn comes back. */

import { state } from "../../assets/core.js";
import { changed, fields, hit } from "../../assets/dom.js";
import { chooseTheme } from "./answers.js";

/** @import { Choice, Theme } from "../../assets/types" */

/** @type {Choice | null} */
let choice = null;
/** Title of the map whose bounds are being written. */
let pasting = "";

/** @param {string} part */
function controls(part) {
  return fields("[data-classes=" + part + "]");
}

/** @param {string} part */
function only(part) {
  return controls(part)[0];
}

/** @param {Partial<Choice>} change */
function choose(change) {
  if (choice) chooseTheme({ ...choice, ...change });
}

function showBounds() {
  const form = /** @type {HTMLElement} */ (document.querySelector(".class-picker"));
  form.dataset.method = only("method").value;
}

function applyBounds() {
  const text = only("bounds").value;
  if (!text.trim()) {
    only("bounds").focus();
    return;
  }
  pasting = "";
  choose({ method: null, classes: null, bounds: text });
}

/**
 * @param {string} part
 * @param {string} value
 */
function take(part, value) {
  if (part === "palette") choose({ palette: value || null });
  else if (part === "classes") choose({ classes: value || null, bounds: null });
  else if (part === "method") {
    showBounds();
    pasting = value === "manuelles" && state.theme ? state.theme.title : "";
    if (pasting) only("bounds").select();
    else choose({ method: value, bounds: null });
  }
}

document.addEventListener("change", (event) => {
  const field = changed(event);
  if (field.dataset.classes) take(field.dataset.classes, field.value);
});

document.addEventListener("click", (event) => {
  if (hit(event, "[data-apply=bounds]")) applyBounds();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || changed(event).dataset.classes !== "bounds") return;
  event.preventDefault();
  applyBounds();
});

/**
 * Puts what is drawn into the form; bounds that are being written, or that were refused, stay for
 * their writer: the answer to an earlier choice may come late.
 * @param {Theme} theme
 */
export function showClasses(theme) {
  choice = theme.choice;
  if (!only("method")) return;
  if (!theme.refused && theme.title !== pasting) {
    only("method").value = theme.method;
    only("bounds").value = theme.bounds_text;
  }
  only("classes").value = choice.classes || "";
  for (const radio of controls("palette")) radio.checked = radio.value === (choice.palette || "");
  const usual = /** @type {HTMLElement} */ (document.querySelector(".palette-usual"));
  theme.usual_colours.forEach((colour, i) => {
    /** @type {HTMLElement} */ (usual.children[i]).style.background = colour;
  });
  showBounds();
}
