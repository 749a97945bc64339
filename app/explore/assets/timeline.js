/* The columns of the timeline: a toolbar of WAI-ARIA for the keyboard, a press and a release for a pointer. */

import { hit } from "../../assets/dom.js";
import { choosePeriod, operationChoice } from "./operations.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };

/**
 * Where a press began, and the extending of a period.
 * @type {string | null}
 */
let pressed = null;
/** @type {string | null} */
let anchor = null;

/**
 * @param {Event} event
 * @returns {string | null}
 */
function semesterOf(event) {
  return hit(event, "[data-semester]")?.dataset.semester || null;
}

/**
 * @param {PointerEvent} event
 * @returns {string | null}
 */
function semesterAt(event) {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  /** @type {HTMLElement | null | undefined} */
  const column = under?.closest("[data-semester]");
  return column?.dataset.semester || null;
}

/**
 * The semesters from one to another; where these are the period already, no period any more.
 * @param {string} from
 * @param {string} to
 */
function toggle(from, to) {
  const period = [from, to].sort().join(",");
  if (operationChoice().period === period) choosePeriod(null, null);
  else choosePeriod(from, to);
}

document.addEventListener("pointerdown", (event) => {
  pressed = semesterOf(event);
  anchor = null;
});

// a finger keeps the column that it began on: what lies under it now is asked of the page
document.addEventListener("pointerup", (event) => {
  const released = pressed && semesterAt(event);
  if (pressed && released) toggle(pressed, released);
  pressed = null;
});

// Enter, Space and assistive technologies click without a pointer
document.addEventListener("click", (event) => {
  const semester = event.detail === 0 && semesterOf(event);
  if (semester) toggle(semester, semester);
});

/** @param {HTMLElement} column */
function columnsBeside(column) {
  return /** @type {HTMLElement[]} */ ([...(column.parentElement?.children || [])]);
}

document.addEventListener("focusin", (event) => {
  const column = hit(event, "[data-semester]");
  if (!column) return;
  for (const other of columnsBeside(column)) other.tabIndex = other === column ? 0 : -1;
});

document.addEventListener("keydown", (event) => {
  const column = hit(event, "[data-semester]");
  if (!column || !(event.key in STEPS) || event.altKey || event.ctrlKey) return;
  event.preventDefault();
  const columns = columnsBeside(column);
  const at = columns.indexOf(column) + STEPS[event.key];
  const next = columns[Math.max(0, Math.min(at, columns.length - 1))];
  next.focus();
  anchor = event.shiftKey ? anchor || column.dataset.semester || null : null;
  if (anchor) choosePeriod(anchor, next.dataset.semester || null);
});
