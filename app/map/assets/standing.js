/* The points that stand on the map: which of them lie under one pointer, where one is found again by its key. */

import { touch } from "../../assets/core.js";

/**
 * @import { Hideout, PointFeature } from "../../assets/types"
 * @import { Layer, Map as LeafletMap } from "leaflet"
 * @typedef {{ feature: PointFeature, layer: Layer, hideout: Hideout }} Standing
 */

/** Pixels between the middles of two marks of which one covers the other: pins, from far dots. */
const PIN = 18;
const DOT = 8;
/** A finger covers more than a pointer does. */
const FINGER = 6;

/** @type {Set<Standing>} */
const standing = new Set();

/**
 * Takes note of a point for as long as it is on the map.
 * @param {PointFeature} feature
 * @param {Layer} layer
 * @param {Hideout} hideout
 * @returns {Standing}
 */
export function stand(feature, layer, hideout) {
  const mark = { feature, layer, hideout };
  layer.on("add", () => { standing.add(mark); });
  layer.on("remove", () => { standing.delete(mark); });
  return mark;
}

/**
 * @param {PointFeature} feature
 * @param {string} key
 */
export function holds(feature, key) {
  return feature.properties.items.some((one) => one.key === key);
}

/**
 * @param {LeafletMap} map
 * @param {Standing} mark
 */
function placeOf(map, mark) {
  const [longitude, latitude] = mark.feature.geometry.coordinates;
  return map.latLngToContainerPoint([latitude, longitude]);
}

/**
 * The marks that lie where one of them is pressed, itself first, then the nearest.
 * @param {LeafletMap} map
 * @param {Standing} pressed
 * @returns {Standing[]}
 */
export function under(map, pressed) {
  const at = placeOf(map, pressed);
  const near = map.getContainer().dataset.near === "yes" || pressed.feature.properties.shape === "square";
  const most = (near ? PIN : DOT) + (touch() ? FINGER : 0);
  const others = [...standing].filter((mark) => mark !== pressed)
    .map((mark) => ({ mark, away: placeOf(map, mark).distanceTo(at) }))
    .filter(({ away }) => away < most)
    .sort((a, b) => a.away - b.away);
  return [pressed, ...others.map(({ mark }) => mark)];
}

/**
 * The mark of a layer that holds an object, when it is on the map.
 * @param {string} layer
 * @param {string} key
 */
export function markOf(layer, key) {
  return [...standing].find((mark) => mark.hideout.layer === layer && holds(mark.feature, key));
}

/** Every mark on the map. */
export function everyStanding() {
  return [...standing];
}
