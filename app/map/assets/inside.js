/* What of the map a click goes to: the perimeter that was pressed, or, where that one is open already, the commune. */

import { state } from "../../assets/core.js";
import { anchors } from "../../assets/files.js";
import { contains } from "./contains.js";
import { outlineOf } from "./outlines.js";

/**
 * @import { Outline, Position } from "../../assets/types"
 * @import { LatLng } from "leaflet"
 */

/** @type {Record<string, number>} */
const SIZES = { departement: 4, territoire: 3, mds: 2, epci: 1, canton: 1 };

/**
 * The commune at a point, among those that the map draws.
 * @param {LatLng} latlng
 * @returns {Outline | null}
 */
export function communeAt(latlng) {
  for (const layer of state.zones.communes.values()) {
    if (layer.getBounds().contains(latlng) && contains(layer.feature.geometry, [latlng.lng, latlng.lat])) {
      return layer.feature;
    }
  }
  return null;
}

/**
 * What is open, its outline, and a point inside.
 * @type {{ place: string, outline: Outline, at: Position } | null}
 */
let open = null;

/**
 * Takes note of the place that is open, so that a click in it goes further down.
 * @param {string | null} place
 */
export async function openGround(place) {
  open = null;
  if (!place || place.startsWith("departement:")) return;
  const [level, code] = place.split(":");
  const outline = await outlineOf(place);
  if (state.place !== place || !outline) return;
  const at = state.urls.anchors?.[level] ? (await anchors(level))[code] : undefined;
  if (state.place === place) open = { place, outline, at: at || pointOf(outline) };
}

/**
 * The communes of the place that is open; none when it is another, or not yet known.
 * @param {string} place
 * @param {Record<string, Position>} middles of all communes
 * @returns {Set<string>}
 */
export function communesIn(place, middles) {
  const ground = open;
  if (!ground || ground.place !== place) return new Set();
  return new Set(Object.keys(middles).filter((code) => contains(ground.outline.geometry, middles[code])));
}

/** @param {Outline} outline */
function pointOf(outline) {
  const centre = window.L.geoJSON(outline).getBounds().getCenter();
  return /** @type {Position} */ ([centre.lng, centre.lat]);
}

/**
 * The commune that a click on a perimeter opens, when the perimeter is open or holds what is; null opens the perimeter.
 * @param {string} perimeter `epci:…` as it was pressed
 * @param {Outline} feature
 * @param {LatLng} latlng
 * @returns {Outline | null}
 */
export function further(perimeter, feature, latlng) {
  if (!open || !latlng) return null;
  if (perimeter === open.place) return communeAt(latlng);
  const [level] = perimeter.split(":");
  const [openLevel] = open.place.split(":");
  const finer = (SIZES[openLevel] || 0) < (SIZES[level] || 0);
  if (!finer || !contains(feature.geometry, open.at)) return null;
  const smallest = !(openLevel in SIZES);
  return smallest || contains(open.outline.geometry, [latlng.lng, latlng.lat]) ? communeAt(latlng) : null;
}
