/* Large layers: the server gives what the map shows of them, again whenever it shows something else. */

import { withMap } from "../../assets/core.js";

/**
 * @import { FeatureCollection } from "geojson"
 * @import { Map as LeafletMap } from "leaflet"
 * @typedef {(map: LeafletMap, answer: FeatureCollection) => void} Draw
 */

/** Milliseconds after a move until it is asked for. */
const WAIT = 120;
/** Share of the map beyond its edges that is asked for too. */
const AROUND = 0.1;
/** @type {FeatureCollection} */
const EMPTY = { type: "FeatureCollection", features: [] };

/** @type {Map<string, AbortController>} what is asked for each layer that is shown */
const asked = new Map();
/** @type {Map<string, { url: string, draw: Draw }>} what answers for each layer that is shown, and draws it */
const shown = new Map();

/** @param {LeafletMap} map */
function windowOf(map) {
  const seen = map.getBounds().pad(AROUND);
  const corners = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  return [...corners.map((degrees) => degrees.toFixed(4)), map.getZoom()].join(",");
}

/**
 * Whether somebody reads a card on what the map shows: what it belongs to stays until they are done.
 * @param {LeafletMap} map
 */
function isRead(map) {
  /** @type {import("leaflet").Popup | undefined} */
  const card = /** @type {any} */ (map)._popup;
  const at = card?.isOpen() && card.getLatLng();
  return Boolean(at && map.getBounds().contains(at));
}

/**
 * @param {LeafletMap} map
 * @param {string} layer
 */
async function ask(map, layer) {
  const one = shown.get(layer);
  if (!one) return;
  asked.get(layer)?.abort();
  const asking = new AbortController();
  asked.set(layer, asking);
  try {
    const answer = await fetch(one.url + "&cadre=" + windowOf(map), { signal: asking.signal });
    if (!answer.ok) return;
    const seen = await answer.json();
    if (shown.get(layer) === one) one.draw(map, seen);
  } catch {
    // a newer question took its place, or the line is cut: what is drawn stays
  }
}

/** @param {LeafletMap} map */
function askAll(map) {
  if (!isRead(map)) for (const layer of shown.keys()) ask(map, layer);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let listening = false;

/** @param {LeafletMap} map */
function listen(map) {
  if (listening) return;
  listening = true;
  map.on("moveend popupclose", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { askAll(map); }, WAIT);
  });
}

/**
 * Shows a large layer, or hides it.
 * @param {string} layer
 * @param {string | null} url that answers for a frame; null hides it
 * @param {Draw} draw shows an answer in place of the one before; an empty one hides the layer
 */
export function showByFrame(layer, url, draw) {
  if (!url) {
    if (shown.delete(layer)) withMap((map) => { draw(map, EMPTY); });
    return;
  }
  if (shown.has(layer)) return;
  shown.set(layer, { url, draw });
  withMap((map) => {
    map.whenReady(() => { ask(map, layer); });
    listen(map);
  });
}
