/* Mantine opens a listbox from an input but leaves the WAI-ARIA combobox pattern half said: the role,
   whether the list is open, which option is marked and which is chosen are told here as they change. */

import { all } from "./dom.js";

const INPUTS = "input[aria-haspopup=listbox]";

/**
 * The list of an open field; the library names it in the field only when it draws the field again.
 * @param {Element} input
 */
function listOf(input) {
  const told = document.getElementById(input.getAttribute("aria-controls") || "");
  if (told) return told;
  const list = document.querySelector("[role=option][data-combobox-option]")?.closest("[role=listbox]");
  if (list?.id) input.setAttribute("aria-controls", list.id);
  return list;
}

/** @param {Element} input */
function tell(input) {
  const open = input.hasAttribute("data-expanded");
  const option = open ? listOf(input)?.querySelector("[data-combobox-selected]") : null;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", String(open));
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

/**
 * The library announces the option under the arrow as chosen, and forgets the one that is: only what
 * is in force is chosen, the arrow is told of by aria-activedescendant.
 * @param {Element} option
 */
function choose(option) {
  const chosen = String(option.hasAttribute("data-combobox-active"));
  if (option.getAttribute("aria-selected") !== chosen) option.setAttribute("aria-selected", chosen);
}

/** Inputs that come with the layout change no attribute: they are told of when it is there. */
export function tellComboboxes() {
  all(INPUTS).forEach(tell);
  all("[role=option][data-combobox-option]").forEach(choose);
}

new MutationObserver(tellComboboxes).observe(document, {
  subtree: true, attributeFilter: ["data-expanded", "data-combobox-selected", "data-combobox-active", "aria-selected", "aria-haspopup"],
});
