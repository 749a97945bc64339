/* Areas too small to be seen from far: each has a mark inside, with its name where there is room. */

import { element } from "../../assets/dom.js";
import { nameAreas, renameTowns } from "./names.js";
import { AREA_MARK } from "./pins.js";

/**
 * @import { AreaCollection } from "../../assets/types"
 * @import { GeoJSON, LatLng, LayerGroup, Map as LeafletMap, Marker, Polygon } from "leaflet"
 */

/** Pixels below which an area is no more than a speck. */
const SPECK = 20;
const MARK = 14;

/**
 * @param {LeafletMap} map
 * @param {Polygon} area
 */
function isSpeck(map, area) {
  const bounds = area.getBounds();
  const { x, y } = map.latLngToContainerPoint(bounds.getSouthEast())
    .subtract(map.latLngToContainerPoint(bounds.getNorthWest()));
  return Math.max(x, y) < SPECK;
}

/**
 * @param {LatLng} at
 * @param {Polygon} area
 * @param {AreaCollection} areas
 */
function markOf(at, area, areas) {
  const square = element("span", { class: "pin pin-area" }, element("span", null, areas.letter));
  square.style.setProperty("--colour", areas.colour);
  const fill = /** @type {any} */ (area).feature.properties.fill;
  if (fill) square.style.background = fill;
  const mark = window.L.marker(at, {
    icon: window.L.divIcon({ className: AREA_MARK, html: square, iconSize: [MARK, MARK] }),
    keyboard: false, pane: "points",
  });
  return mark.on("click", () => { area.openPopup(at); });
}

/**
 * Marks the areas of a layer that are specks at the zoom of the map, and names all of them.
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {LayerGroup} group what the layer stands in
 * @param {GeoJSON} drawn
 * @param {AreaCollection} areas
 */
export function markAreas(map, layer, group, drawn, areas) {
  const marks = window.L.layerGroup().addTo(group);
  /** @type {[Polygon, Marker][]} */
  const pairs = [];
  drawn.eachLayer((one) => {
    const area = /** @type {any} */ (one);
    if (area.feature.properties.cluster) return;
    const [longitude, latitude] = area.feature.properties.at;
    pairs.push([area, markOf(window.L.latLng(latitude, longitude), area, areas)]);
  });
  const fit = () => {
    for (const [area, mark] of pairs) {
      if (isSpeck(map, area)) mark.addTo(marks);
      else mark.remove();
    }
  };
  const show = () => {
    fit();
    nameAreas(layer, areas);
    map.on("zoomend", fit);
    renameTowns();
  };
  group.on("remove", () => {
    map.off("zoomend", fit);
    nameAreas(layer, null);
    // what takes its place, if anything, names its own first
    setTimeout(renameTowns, 0);
  });
  group.on("add", show);
  show();
}
