/* The names that the first frame shows: the same ones stand on the map of the scripts until the reader does something.
   The server does not know the room of the map, and names what fits in a little less. */

/**
 * @import { Map as LeafletMap } from "leaflet"
 * @typedef {{ zoom: number, latitude: number, longitude: number, names: Map<string, { x: number, y: number }> }} Kept
 */

/** Degrees by which a middle may have moved without being another. */
const SAME = 1e-6;

/** @type {Kept | null} */
let kept = null;
let untouched = true;
for (const kind of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(kind, () => { untouched = false; }, { passive: true, capture: true });
}

/**
 * Where the first frame has each of its names, pixels of the map.
 * @param {Element} frame
 */
export function readNames(frame) {
  const map = frame.querySelector("#map")?.getBoundingClientRect();
  /** @type {Kept["names"]} */
  const names = new Map();
  for (const one of map ? frame.querySelectorAll(".frame-names svg") : []) {
    const rows = [...one.querySelectorAll("text")];
    const boxes = rows.map((row) => row.getBoundingClientRect());
    if (!map || !boxes.some(({ width }) => width)) continue;
    const x = (boxes[0].left + boxes[0].right) / 2 - map.left;
    const y = (boxes[0].top + boxes[boxes.length - 1].bottom) / 2 - map.top;
    names.set(rows.map((row) => row.textContent).join(" "), { x, y });
  }
  return names;
}

/**
 * What the map may name while it shows what the first frame showed; null when it may name what fits.
 * @param {LeafletMap} map
 * @returns {Kept["names"] | null}
 */
export function namesInFrame(map) {
  const frame = document.getElementById("first-frame");
  const { lat: latitude, lng: longitude } = map.getCenter();
  const zoom = map.getZoom();
  if (frame && !kept) kept = { zoom, latitude, longitude, names: readNames(frame) };
  if (!kept || !untouched || !kept.names.size) return null;
  const same = kept.zoom === zoom && Math.abs(kept.latitude - latitude) < SAME && Math.abs(kept.longitude - longitude) < SAME;
  return same ? kept.names : null;
}
