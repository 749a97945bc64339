/* Operations: the period and the ambitions that are chosen, and which marks stay on the map for them. */

import { change as writeChange } from "../../assets/address.js";
import { announce, set, state, theMap } from "../../assets/core.js";
import { changed, fields, hit } from "../../assets/dom.js";
import { refreshTable } from "../../assets/table.js";
import { showLayer } from "../../map/assets/points.js";

/**
 * @import { Hideout, Item, OperationChoice, PointFeature } from "../../assets/types"
 * @import { Layer } from "leaflet"
 *
 * @typedef {object} Mark of one place
 * @property {PointFeature} feature
 * @property {Layer} layer
 * @property {(doubtful: boolean) => void} redraw
 * @property {boolean} hidden
 * @property {() => boolean} current another layer of points may have replaced its own
 *
 * @typedef {object} Shown what the server says of a choice
 * @property {OperationChoice} choice
 * @property {string[] | null} keys of the operations that are kept; null for all of them
 * @property {string[]} maybe those whose dates leave it open
 * @property {number} total
 * @property {string} sentence
 */

const LAYER = "operations";

/** @type {OperationChoice} */
let choice = { period: null, ambitions: null };
/** @type {Set<string> | null} */
let kept = null;
/** @type {Set<string>} */
let maybe = new Set();
/** @type {Map<string, Mark>} */
const marks = new Map();

/** @param {Partial<OperationChoice>} change */
function choose(change) {
  const next = { ...choice, ...change };
  if (next.period === choice.period && next.ambitions === choice.ambitions) return;
  writeChange(next);
  set("operations", { data: next });
}

/** What operations are filtered by, for the table. */
export function operationChoice() {
  return choice;
}

/**
 * @param {"from" | "to"} part
 * @returns {HTMLSelectElement | null}
 */
function bound(part) {
  return document.querySelector("[data-period=" + part + "]");
}

/**
 * The semesters from one to another; without one of them, from the first or to the last there is.
 * @param {string | null} from
 * @param {string | null} to
 */
export function choosePeriod(from, to) {
  if (!from && !to) {
    choose({ period: null });
    return;
  }
  const all = [...(bound("from")?.options || [])].map((option) => option.value).filter(Boolean);
  choose({ period: [from || all[0], to || all[all.length - 1]].sort().join(",") });
}

function chooseAmbitions() {
  const ticked = fields("[data-ambition]:checked");
  choose({ ambitions: ticked.map((box) => box.value).join(",") || null });
}

function showForm() {
  const [from, to] = [bound("from"), bound("to")];
  if (!from || !to) return;
  [from.value, to.value] = (choice.period || ",").split(",");
  const asked = new Set((choice.ambitions || "").split(","));
  for (const box of fields("[data-ambition]")) box.checked = asked.has(box.value);
}

document.addEventListener("change", (event) => {
  const { period, ambition } = changed(event).dataset;
  if (period) choosePeriod(bound("from")?.value || null, bound("to")?.value || null);
  else if (ambition) chooseAmbitions();
});

document.addEventListener("click", (event) => {
  if (hit(event, "[data-clear=operations]")) choose({ period: null, ambitions: null });
});

/** @param {Mark} mark */
function narrow(mark) {
  const properties = mark.feature.properties;
  /** @type {Item[]} */
  const items = (properties.all || []).filter((item) => !kept || kept.has(item.key));
  properties.items = items;
  properties.count = items.length;
  properties.amount = items.reduce((sum, item) => sum + item.amount, 0);
  mark.hidden = !items.length;
  if (!state.map || !mark.current()) return;
  if (mark.hidden) state.map.removeLayer(mark.layer);
  else {
    mark.redraw(items.every((item) => maybe.has(item.key)));
    if (!state.map.hasLayer(mark.layer)) state.map.addLayer(mark.layer);
  }
}

/**
 * A mark of the layer: it is hidden, smaller or dashed as the choice of operations wants it.
 * @param {PointFeature} feature
 * @param {Layer} layer
 * @param {(doubtful: boolean) => void} redraw
 * @param {Hideout} hideout
 */
export function registerMark(feature, layer, redraw, hideout) {
  if (hideout.layer !== LAYER) return;
  const properties = feature.properties;
  properties.all = properties.all || properties.items;
  const key = feature.geometry.coordinates.join() + properties.shape;
  /** @type {Mark} */
  const mark = { feature, layer, redraw, hidden: false, current: () => marks.get(key) === mark };
  marks.set(key, mark);
  layer.on("add", () => { if (mark.hidden) setTimeout(() => { layer.remove(); }, 0); });
  if (kept) setTimeout(() => { narrow(mark); }, 0);
}

/**
 * Shows an operation where it is, and what is known of it.
 * @param {string} key
 */
export function openOperation(key) {
  for (const mark of marks.values()) {
    if (mark.hidden || !mark.feature.properties.items.some((item) => item.key === key)) continue;
    const map = theMap();
    if (!map.hasLayer(mark.layer)) break;
    state.guided = true;
    const [longitude, latitude] = mark.feature.geometry.coordinates;
    map.setView([latitude, longitude], Math.max(map.getZoom(), 10), { animate: false });
    mark.layer.openPopup();
    return;
  }
  state.opening = key;
  showLayer(LAYER);
}

/** @param {Shown} shown */
function showCount(shown) {
  const box = document.querySelector("[data-layer=" + LAYER + "]");
  const number = box?.closest("label")?.querySelector(".number");
  if (number) number.textContent = shown.keys ? shown.keys.length + " / " + shown.total : String(shown.total);
}

/**
 * What is kept → the marks of the map, their number, the form, the table.
 * @param {Shown | null} shown
 */
export function showOperations(shown) {
  if (!shown) return;
  const first = kept === null && !shown.keys;
  choice = shown.choice;
  kept = shown.keys ? new Set(shown.keys) : null;
  maybe = new Set(shown.maybe);
  showForm();
  showCount(shown);
  if (first) return;
  marks.forEach(narrow);
  announce(shown.sentence);
  refreshTable();
}
