/* The page of the scripts takes over from the first frame when it shows the same: what was typed, pressed, scrolled
   or opened meanwhile goes along. */

import { set } from "../../assets/core.js";
import { all, fieldById, fields } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import "./carried.js";

/** Milliseconds after the communes that a part of the map may be late, or never come. */
const PATIENCE = 2500;

const frame = /** @type {(HTMLElement & { pressed?: HTMLElement[] }) | null} */ (document.getElementById("first-frame"));
const root = /** @type {HTMLElement} */ (document.getElementById("react-entry-point"));

/** Parts of the page of the scripts that show what the frame shows, each where the frame has it. */
const SAME = [
  [".frame-around path", ".leaflet-around-pane path"],
  [".frame-background path", ".leaflet-background-pane path"],
  [".frame-limits path", ".leaflet-limits-pane path"],
  [".frame-zones path", ".leaflet-zones-pane path"],
  [".frame-selected path", ".leaflet-selection-pane path"],
  [".frame-circles circle, .frame-amounts circle", ".leaflet-circles-pane path"],
  [".frame-names svg", ".leaflet-names-pane .mark"],
  [".frame-marks use", ".leaflet-points-pane .mark"],
  [".frame-areas path", ".leaflet-perimeters-pane path.leaflet-interactive"],
  ["#sheet-body > *", "#sheet-body > *"],
  ["#legend > *", "#legend > *"],
  ["#layer-list > *", "#layer-list > *"],
  ["#footer > *", "#footer > *"],
  ["#trail > *", "#trail > *"],
];
const COMMUNES = ".leaflet-communes-pane path";

/** @param {HTMLElement} own */
function ready(own) {
  return SAME.every(([here, there]) => !own.querySelector(here) || root.querySelector(there));
}

/**
 * The part of the page of the scripts that stands for one of the frame.
 * @param {Element} one
 * @returns {HTMLElement | null}
 */
function counterpart(one) {
  if (one.id) return root.querySelector("#" + one.id);
  const still = one.closest("[data-still]")?.getAttribute("data-still");
  if (still) return root.querySelector("[data-still=" + still + "]");
  const named = [...one.attributes].find(({ name }) => name.startsWith("data-"));
  if (named) return root.querySelector("[" + named.name + "=" + CSS.escape(named.value) + "]");
  return one.classList.length ? root.querySelector("." + one.classList[0]) : null;
}

/**
 * What was written into the search goes on there.
 * @param {HTMLElement} own
 */
function carrySearch(own) {
  const [before, after] = [own.querySelector("#search"), fieldById("search")];
  if (!(before instanceof HTMLInputElement) || !after) return;
  const focused = document.activeElement === before;
  const { value, selectionStart, selectionEnd } = before;
  return () => {
    if (!value && !focused) return;
    after.focus();
    after.value = value;
    after.setSelectionRange(selectionStart, selectionEnd);
    if (value) after.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

/**
 * What was chosen in a field or ticked is chosen.
 * @param {HTMLElement} own
 */
function carryChoices(own) {
  for (const select of own.querySelectorAll("[data-still] select")) {
    const { id, value, options } = /** @type {HTMLSelectElement} */ (select);
    const before = [...options].find((option) => option.defaultSelected)?.value;
    if (value === (before || "")) continue;
    set(id, { value: value || null });
    page.fieldChosen(id, value || null);
  }
  for (const field of fields("[data-gap]", own)) {
    const after = fieldById(field.id);
    if (!after || field.value === after.value) continue;
    after.value = field.value;
    after.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const box of fields("[data-layer], [data-also]", own)) {
    if (box.checked !== box.defaultChecked) counterpart(box)?.click();
  }
}

/**
 * What was opened and scrolled stays so.
 * @param {HTMLElement} own
 */
function carryReading(own) {
  for (const id of ["sheet-body", "legend", "class-picker", "footer"]) {
    const [before, after] = [own, root].map((page) => all("#" + id + " details", page));
    if (before.length !== after.length) continue;
    before.forEach((one, i) => { after[i].toggleAttribute("open", one.hasAttribute("open")); });
  }
  const [before, after] = [own, root].map((page) => all(".scroll", page));
  before.forEach((one, i) => { if (after[i]) after[i].scrollTop = one.scrollTop; });
}

/**
 * Hatchings begin at the corner of what they are drawn in: those of the map go on where the frame's were.
 * @param {HTMLElement} own
 */
function alignHatchings(own) {
  const ground = /** @type {SVGSVGElement} */ (own.querySelector(".frame-ground"));
  const map = own.querySelector("#map")?.getBoundingClientRect();
  if (!ground || !map) return;
  const { x, y, width } = ground.viewBox.baseVal;
  const { left, top, width: wide } = ground.getBoundingClientRect();
  const begun = [left - map.left - x * wide / width, top - map.top - y * wide / width].join(" ");
  for (const pattern of document.querySelectorAll(".patterns pattern")) {
    pattern.setAttribute("patternTransform", "translate(" + begun + ") " + pattern.getAttribute("patternTransform"));
  }
}

/** @param {HTMLElement & { pressed?: HTMLElement[] }} own */
function takeOver(own) {
  const pressed = (own.pressed || []).map(counterpart);
  const focused = document.activeElement && own.contains(document.activeElement) && counterpart(document.activeElement);
  const write = carrySearch(own);
  carryReading(own);
  carryChoices(own);
  alignHatchings(own);
  root.inert = false;
  own.remove();
  if (focused) focused.focus({ preventScroll: true });
  write?.();
  for (const button of pressed) button?.click();
  performance.mark("reprise");
}

/** @param {HTMLElement & { pressed?: HTMLElement[] }} own */
function watch(own) {
  let drawn = 0;
  const look = () => {
    if (!drawn && root.querySelector(COMMUNES)) drawn = performance.now();
    if (drawn && (ready(own) || performance.now() - drawn > PATIENCE)) {
      // what is there is painted first, under the frame
      requestAnimationFrame(() => { requestAnimationFrame(() => { takeOver(own); }); });
      return;
    }
    if (document.hidden) setTimeout(look, 100);
    else requestAnimationFrame(look);
  };
  look();
}

if (frame) {
  root.inert = true;
  watch(frame);
}
