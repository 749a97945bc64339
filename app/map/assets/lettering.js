/* What names on the map are measured and written with. */

/**
 * @import { LatLng } from "leaflet"
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box pixels of the map
 */

export const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/**
 * @param {Box} box
 * @param {Box[]} others
 */
export function overlaps(box, others) {
  return others.some((other) => box.left < other.right && box.right > other.left
    && box.top < other.bottom && box.bottom > other.top);
}

/**
 * @param {HTMLElement} label
 * @param {LatLng | [number, number]} at
 */
export function written(label, at) {
  return window.L.marker(at, {
    icon: window.L.divIcon({ className: "mark", html: label, iconSize: [0, 0] }),
    interactive: false, keyboard: false, pane: "names",
  });
}
