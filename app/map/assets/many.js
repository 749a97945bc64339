/* Marks of points, or areas, too many to be told apart from here: squares with their count. */

import { calm, number } from "../../assets/core.js";
import { element } from "../../assets/dom.js";

/**
 * @import { Hideout, PointFeature } from "../../assets/types"
 * @import { LatLng, Layer, Map as LeafletMap } from "leaflet"
 * @typedef {Pick<Hideout, "colour" | "plural">} Called
 */

/** Zooms by which a click on a mark of many comes closer. */
const CLOSER = 1.5;

/**
 * @param {HTMLElement} mark
 * @param {number} size
 */
export function icon(mark, size) {
  return window.L.divIcon({ className: "mark", html: mark, iconSize: [size, size] });
}

/**
 * Points too many to be told apart from here: a square with their count, that a click goes to.
 * @param {PointFeature} feature
 * @param {LatLng} latlng
 * @param {unknown} _index
 * @param {{ hideout: Called }} context
 */
export function cluster(feature, latlng, _index, context) {
  const count = /** @type {number} */ (feature.properties.point_count);
  const size = count < 100 ? 30 : count < 1000 ? 36 : 44;
  const square = element("span", { class: "pin pin-cluster" }, element("span", null, number(count, 0)));
  square.style.setProperty("--colour", context.hideout.colour);
  return Object.assign(window.L.marker(latlng, {
    icon: icon(square, size), keyboard: false, pane: "points",
  }), { gathered: count + "\u00a0" + context.hideout.plural });
}

/**
 * A mark of many that the server gathered: a click comes closer.
 * @param {LeafletMap} map
 * @param {PointFeature} feature
 * @param {LatLng} latlng
 * @param {Called} hideout
 * @returns {Layer}
 */
export function markOfMany(map, feature, latlng, hideout) {
  return cluster(feature, latlng, 0, { hideout })
    .on("click", () => { map.flyTo(latlng, map.getZoom() + CLOSER, { animate: !calm() }); });
}
