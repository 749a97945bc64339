/* Circles on the map, whose areas are proportional to what they stand for. */

import { colour, state } from "../../assets/core.js";
import { anchors } from "../../assets/files.js";

/**
 * @import { Theme } from "../../assets/types"
 * @import { Map as LeafletMap } from "leaflet"
 */

/**
 * Radius in pixels of a circle whose area is proportional to its value.
 * @param {number} value
 * @param {{ radius: number, largest: number }} scale
 */
export function radius(value, scale) {
  return scale.radius * Math.sqrt(Math.max(value, 0) / scale.largest);
}

/**
 * @param {LeafletMap} map
 * @param {Theme} theme
 */
export async function drawCircles(map, theme) {
  const group = state.circles || window.L.layerGroup().addTo(map);
  state.circles = group;
  const places = theme.drawing === "cercles" ? await anchors(theme.level) : {};
  if (state.theme !== theme) return;
  group.clearLayers();
  const ink = colour(theme.money ? "money" : "plain");
  const biggestFirst = Object.entries(places)
    .map(([code, at]) => ({ value: theme.values[code], at }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  for (const { value, at: [longitude, latitude] } of biggestFirst) {
    const size = radius(value, theme);
    window.L.circleMarker([latitude, longitude], {
      pane: "circles", interactive: false, radius: size, color: ink, weight: size < 5 ? 0.7 : 1.2,
      fillColor: ink, fillOpacity: 0.3,
    }).addTo(group);
  }
}
