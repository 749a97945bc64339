/* Outlines that lie over the perimeters: those of contracts, and areas that are opened as points are. */

import { colour, set, state } from "../../assets/core.js";
import { fetchOnce } from "../../assets/files.js";
import { markAreas } from "./area_marks.js";
import { markOfMany } from "./many.js";
import { outlineOf } from "./outlines.js";
import { bindBounded, tell } from "./popups.js";

/**
 * @import { AreaCollection } from "../../assets/types"
 * @import { LayerGroup, Map as LeafletMap, PathOptions } from "leaflet"
 */

/** Paper on both sides of an outline, so that it is read over every class. */
const RIM = { color: colour("paper"), weight: 4, opacity: 1 };
/** @type {Record<string, PathOptions>} */
const PERIMETERS = {
  contrats: { color: colour("money"), weight: 2.5, opacity: 0.9 },
  contrats_ville: { color: "#5b3f8c", weight: 2.2, opacity: 0.9, dashArray: "6 4" },
};

/** @param {string} layer */
function groupOf(layer) {
  state.perimeters[layer] = state.perimeters[layer] || window.L.layerGroup();
  return state.perimeters[layer];
}

/**
 * Perimeters of contracts: an outline over everything, without a fill that would hide values.
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {string[]} perimeters
 */
export async function drawPerimeters(map, layer, perimeters) {
  const group = groupOf(layer);
  group.clearLayers().addTo(map);
  const features = await Promise.all(perimeters.map(outlineOf));
  group.clearLayers();
  const stroke = PERIMETERS[layer];
  // every rim before any stroke: the rim of a neighbour must not cover a stroke
  for (const style of [{ ...RIM, weight: /** @type {number} */ (stroke.weight) + RIM.weight }, stroke]) {
    for (const feature of features) {
      window.L.geoJSON(feature, {
        pane: "perimeters", interactive: false, style: { ...style, fill: false },
      }).addTo(group);
    }
  }
}

/**
 * Areas: an outline and a light fill, to be opened as points are; from far, a mark inside; marks of many where the
 * server gathers them.
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {LayerGroup} group
 * @param {AreaCollection} areas
 */
function fillGroup(map, layer, group, areas) {
  const drawn = window.L.geoJSON(areas, {
    pane: "perimeters",
    style: (one) => one?.properties.fill
      ? { color: areas.colour, weight: 1.5, fillColor: one.properties.fill, fillOpacity: 0.9 }
      : { color: areas.colour, weight: 1.5, fillOpacity: 0.15, dashArray: one?.properties.fill === "" ? "3 3" : undefined },
    pointToLayer: (many, at) => markOfMany(map, many, at, areas),
    onEachFeature: (feature, area) => {
      if (!feature.properties.cluster) bindBounded(area, map, () => tell(feature.properties, /** @type {any} */ (areas)));
    },
  }).addTo(group);
  markAreas(map, layer, group, drawn, areas);
}

/**
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {string} url
 */
export async function drawAreas(map, layer, url) {
  const group = groupOf(layer);
  group.addTo(map);
  const areas = await fetchOnce(url);
  if (state.perimeters[layer] !== group || !map.hasLayer(group)) return;
  group.clearLayers();
  fillGroup(map, layer, group, areas);
}

/**
 * What a frame shows of a large layer, in place of what the one before showed.
 * @param {string} layer
 * @param {LeafletMap} map
 * @param {any} answer
 */
export function drawSeen(layer, map, answer) {
  const areas = layer in state.perimeters || "colour" in answer;
  if (!areas) {
    set({ kind: "points", layer }, { data: answer });
    return;
  }
  const before = groupOf(layer);
  delete state.perimeters[layer];
  before.remove();
  const group = groupOf(layer).addTo(map);
  if (answer.features.length) fillGroup(map, layer, group, answer);
}
