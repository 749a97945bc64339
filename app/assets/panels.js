/* The phone's panels: one at a time over the map, at one of three stops. */

import { lookAgain } from "../map/assets/place.js";
import { phone, withMap } from "./core.js";
import { all, byId, hit } from "./dom.js";
import { page } from "./page.js";

const STOPS = ["peek", "half", "full"];
/** The tab without a panel: the map is all that is seen. */
const MAP = "map-only";
const SWIPE = 24;
const SLIDE = 220;

function shell() {
  return byId("shell");
}

function stopNow() {
  return STOPS.indexOf(shell().dataset.stop || "");
}

/** @param {string} stop */
function stopAt(stop) {
  shell().dataset.stop = stop;
  for (const handle of all(".handle")) handle.setAttribute("aria-expanded", String(stop !== "peek"));
  setTimeout(lookAgain, SLIDE);
}

export function stopAtNext() {
  stopAt(STOPS[(stopNow() + 1) % STOPS.length]);
}

/** @param {string} panel */
export function showPanel(panel) {
  const same = shell().dataset.panel === panel && shell().dataset.stop !== "peek";
  shell().dataset.panel = panel;
  stopAt(same || panel === MAP ? "peek" : panel === "table-panel" ? "full" : "half");
  if (panel === "table-panel") page.openTable(!same);
  for (const tab of all("[data-panel-of]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.panelOf === panel && (!same || panel === MAP)));
  }
}

/** @param {string} stop */
export function showSheetAt(stop) {
  if (shell().dataset.panel !== "sheet") showPanel("sheet");
  stopAt(stop);
}

/** What is opened on the map needs the room of the map; the sheet keeps its name and its first figures. */
withMap((map) => {
  map.on("popupopen", () => { if (phone() && stopNow() > 0) stopAt("peek"); });
});

/**
 * Where a swipe on a handle began; a vertical one moves the panel by one stop.
 * @type {number | null}
 */
let from = null;
document.addEventListener("pointerdown", (event) => {
  from = hit(event, ".handle") ? event.clientY : null;
});
document.addEventListener("pointerup", (event) => {
  if (from === null || Math.abs(event.clientY - from) < SWIPE) return;
  const step = event.clientY < from ? 1 : -1;
  stopAt(STOPS[Math.max(0, Math.min(stopNow() + step, STOPS.length - 1))]);
  from = null;
  window.addEventListener("click", (click) => { click.stopPropagation(); }, { capture: true, once: true });
});
