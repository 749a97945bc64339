/* What stands on the map as a point: where each mark is, which ones are seen. */

import { state } from "../../assets/core.js";

/** @import { LatLng, LayerGroup, Map as LeafletMap, Marker, Polygon } from "leaflet" */

/** Class of a mark that stands for an area: the area itself is what is opened. */
export const AREA_MARK = "mark mark-area";

/** @typedef {Marker & { gathered?: string }} Pin a mark; many gathered in one say how many */

/**
 * @param {LeafletMap} map
 * @returns {Pin[]}
 */
function pins(map) {
  /** @type {Pin[]} */
  const found = [];
  map.eachLayer((layer) => {
    if (layer instanceof window.L.Marker && layer.options.pane === "points") found.push(layer);
  });
  return found;
}

/**
 * Where marks stand, so that no name is written on one; pixels of the map.
 * @param {LeafletMap} map
 */
export function marks(map) {
  return pins(map).map((pin) => {
    const point = map.latLngToContainerPoint(pin.getLatLng());
    const size = /** @type {[number, number]} */ (pin.options.icon?.options.iconSize);
    const half = pin.gathered ? size[0] / 2 : 9;
    return { left: point.x - half, right: point.x + half, top: point.y - half, bottom: point.y + half };
  });
}

/**
 * What the circles of money cover, those that are drawn; pixels of the map.
 * @param {LeafletMap} map
 */
export function circles(map) {
  /** @type {{ left: number, right: number, top: number, bottom: number }[]} */
  const found = [];
  if (document.getElementById("shell")?.dataset.drawing === "cercles") return found;
  map.eachLayer((layer) => {
    if (!(layer instanceof window.L.CircleMarker) || layer.options.className !== "amount") return;
    const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
    const half = layer.getRadius();
    found.push({ left: x - half, right: x + half, top: y - half, bottom: y + half });
  });
  return found;
}

/**
 * @param {LeafletMap} map
 * @returns {Polygon[]}
 */
function areas(map) {
  const seen = map.getBounds();
  return Object.values(state.perimeters).filter((group) => map.hasLayer(group))
    .flatMap((group) => /** @type {LayerGroup[]} */ (group.getLayers()))
    .flatMap((drawn) => /** @type {Polygon[]} */ (drawn.getLayers()))
    .filter((area) => area instanceof window.L.Polygon && area.getPopup() && seen.intersects(area.getBounds()));
}

/**
 * Where a point stands; an area is opened in its middle.
 * @param {Pin | Polygon} layer
 * @returns {LatLng}
 */
export function standing(layer) {
  return "getLatLng" in layer ? layer.getLatLng() : layer.getBounds().getCenter();
}

/**
 * The points and the areas that the map shows, from north to south.
 * @param {LeafletMap} map
 * @returns {(Pin | Polygon)[]}
 */
export function pointsSeen(map) {
  const seen = map.getBounds();
  const own = pins(map).filter((pin) => pin.options.icon?.options.className !== AREA_MARK);
  return [...own.filter((pin) => seen.contains(pin.getLatLng())), ...areas(map)]
    .sort((a, b) => standing(b).lat - standing(a).lat);
}
