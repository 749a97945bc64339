/* Large layers: the server gives what the map shows of them, again whenever it shows something else. */

import { set, withMap } from "../../assets/core.js";

/** @import { Map as LeafletMap } from "leaflet" */

/** Milliseconds after a move until it is asked for. */
const WAIT = 120;
/** Share of the map beyond its edges that is asked for too. */
const AROUND = 0.1;
const EMPTY = { type: "FeatureCollection", features: [] };

/** @type {Map<string, AbortController>} what is asked for each layer that is shown */
const asked = new Map();
/** @type {Map<string, string>} address of each layer that is shown */
const shown = new Map();

/** @param {LeafletMap} map */
function windowOf(map) {
  const seen = map.getBounds().pad(AROUND);
  const corners = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  return [...corners.map((degrees) => degrees.toFixed(4)), map.getZoom()].join(",");
}

/**
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {string} url
 */
async function ask(map, layer, url) {
  asked.get(layer)?.abort();
  const asking = new AbortController();
  asked.set(layer, asking);
  try {
    const answer = await fetch(url + "&cadre=" + windowOf(map), { signal: asking.signal });
    if (answer.ok && shown.has(layer)) set({ kind: "points", layer }, { data: await answer.json() });
  } catch {
    // a newer question took its place, or the line is cut: what is drawn stays
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let listening = false;

/**
 * Shows a large layer, or hides it.
 * @param {string} layer
 * @param {string | null} url that answers for a frame; null hides it
 */
export function showByFrame(layer, url) {
  if (!url) {
    if (shown.delete(layer)) set({ kind: "points", layer }, { data: EMPTY });
    return;
  }
  if (shown.has(layer)) return;
  shown.set(layer, url);
  withMap((map) => {
    map.whenReady(() => { ask(map, layer, url); });
    if (listening) return;
    listening = true;
    map.on("moveend", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { shown.forEach((address, one) => { ask(map, one, address); }); }, WAIT);
    });
  });
}
