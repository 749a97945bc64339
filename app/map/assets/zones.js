/* Perimeters on the map: colour, hatching, circles, what the pointer says. Leaflet calls these. */

import { adopt, colour, quantity, state, theMap, touch, withMap } from "../../assets/core.js";
import { byId, element } from "../../assets/dom.js";
import { anchors } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { further } from "./inside.js";
import { drawn } from "./loading.js";
import { renameTowns } from "./names.js";

/**
 * @import { Context, Outline, Registry, Theme } from "../../assets/types"
 * @import { LatLng, LeafletMouseEvent, Map as LeafletMap, Path, PathOptions } from "leaflet"
 */

const INK = colour("ink");
const LAND = colour("land");
const HAIRLINE = { color: colour("hairline"), weight: 0.4, opacity: 0.9 };
const BORDER = { color: colour("paper"), weight: 1, opacity: 1 };
const HATCH = "url(#no-data)";

/**
 * Key of what is known of a perimeter without a value: partial, secret, without object; else empty.
 * @param {string} code
 * @param {Theme} theme
 */
function stateOf(code, theme) {
  const found = Object.entries(theme.absent).find(([, codes]) => codes.includes(code));
  return found ? found[0] : "";
}

/**
 * Index of the class that holds a value: [a ; b[, the last one closed.
 * @param {number} value
 * @param {number[]} bounds
 */
function classOf(value, bounds) {
  for (let i = bounds.length - 2; i >= 0; i -= 1) {
    if (value >= bounds[i]) return i;
  }
  return 0;
}

/**
 * @param {string} code
 * @param {Theme} theme
 */
function fillOf(code, theme) {
  if (theme.fillOf) return theme.fillOf(code);
  const value = theme.values[code];
  if (value === undefined) {
    const key = stateOf(code, theme);
    return key ? "url(#state-" + key + ")" : HATCH;
  }
  if (theme.drawing === "cercles" || (value === 0 && theme.zero_apart)) return LAND;
  return theme.colours[classOf(value, theme.bounds)];
}

/**
 * @param {string} code
 * @param {PathOptions} border
 * @returns {PathOptions}
 */
function filled(code, border) {
  const fill = state.theme ? fillOf(code, state.theme) : LAND;
  return { ...border, fill: true, fillColor: fill, fillOpacity: 1 };
}

/**
 * @param {Outline} feature
 * @returns {PathOptions}
 */
export function communeStyle(feature) {
  const carries = state.theme && state.theme.level === "commune";
  if (carries) return filled(feature.properties.code, HAIRLINE);
  return { ...HAIRLINE, opacity: 0.5, fill: true, fillColor: LAND, fillOpacity: 0 };
}

/** @param {Outline} feature */
export function zoneStyle(feature) {
  return filled(feature.properties.code, BORDER);
}

/** @type {[Registry, (feature: Outline) => PathOptions][]} */
const STYLES = [["communes", communeStyle], ["zones", zoneStyle]];

/**
 * Radius in pixels of a circle whose area is proportional to its value.
 * @param {number} value
 * @param {{ radius: number, largest: number }} scale
 */
export function radius(value, scale) {
  return scale.radius * Math.sqrt(Math.max(value, 0) / scale.largest);
}

/** @param {Outline} feature */
function perimeterOf(feature) {
  return state.theme?.level + ":" + feature.properties.code;
}

function tooltip() {
  if (!state.tooltip) {
    state.tooltip = window.L.tooltip({ className: "tip", direction: "top", offset: [0, -10] });
  }
  return state.tooltip;
}

/**
 * What a click opens: the perimeter, or a commune of the one that is open.
 * @param {Registry} part
 * @param {Outline} feature
 * @param {LatLng} latlng
 */
function opensAt(part, feature, latlng) {
  const commune = part === "zones" && further(perimeterOf(feature), feature, latlng);
  return commune || null;
}

/**
 * @param {Registry} part
 * @param {Outline} feature
 * @param {LatLng} latlng
 */
function targetOf(part, feature, latlng) {
  const commune = opensAt(part, feature, latlng);
  return commune ? "commune:" + commune.properties.code : perimeterOf(feature);
}

/**
 * @param {Registry} part
 * @param {Outline} feature
 * @param {LatLng} latlng
 */
function say(part, feature, latlng) {
  if (!state.theme) return;
  const commune = opensAt(part, feature, latlng);
  const name = commune?.properties.name || "";
  if (said === feature && saidName === name && theMap().hasLayer(tooltip())) {
    tooltip().setLatLng(latlng);
    return;
  }
  [said, saidName] = [feature, name];
  tooltip().setContent(element("div", null,
    element("strong", null, feature.properties.name),
    element("span", null, valueOf(feature.properties.code)),
    name && element("span", { class: "tip-further" }, "Un clic ouvre " + name + "."),
  )).setLatLng(latlng);
  if (!theMap().hasLayer(tooltip())) tooltip().addTo(theMap());
}

/** What the pointer says: of which perimeter, with the name of which commune. */
/** @type {Outline | null} */
let said = null;
let saidName = "";

export function hushZone() {
  said = null;
  if (state.tooltip) state.tooltip.remove();
}

/**
 * What a perimeter carries, in words.
 * @param {string} code
 */
export function valueOf(code) {
  const theme = /** @type {Theme} */ (state.theme);
  if (theme.tell) return theme.tell(code);
  const value = theme.values[code];
  return value === undefined
    ? theme.told[code] || theme.said[stateOf(code, theme) || "inconnu"]
    : quantity(value, theme);
}

/** @param {Registry} registry */
function carries(registry) {
  return state.theme && (registry === "communes") === (state.theme.level === "commune");
}

/** @type {Record<string, string>} */
const told = {};

/**
 * Tells once that a part of the map is drawn, when the last of its features has come.
 * @param {string} part
 * @param {string} url
 */
function tellDrawn(part, url) {
  if (told[part] === url) return;
  told[part] = url;
  setTimeout(() => {
    drawn(part, url);
    if (part === "zones") renameTowns();
  }, 0);
}

/**
 * @param {Registry} part
 * @param {Outline} feature
 * @param {Path} layer
 * @param {(feature: Outline) => PathOptions} style
 */
function hear(part, feature, layer, style) {
  layer.on({
    mouseover: (/** @type {LeafletMouseEvent} */ event) => {
      const finger = event.originalEvent && touch();
      if (finger || !carries(part)) return;
      layer.setStyle({ color: INK, weight: 1.6, opacity: 1 }).bringToFront();
      say(part, feature, event.latlng);
    },
    mousemove: (/** @type {LeafletMouseEvent} */ event) => {
      if (carries(part) && said) say(part, feature, event.latlng);
    },
    mouseout: () => {
      layer.setStyle(style(feature));
      hushZone();
    },
    mousedown: (/** @type {LeafletMouseEvent} */ event) => {
      if (carries(part)) page.expect(targetOf(part, feature, event.latlng));
    },
    click: (/** @type {LeafletMouseEvent} */ event) => {
      if (carries(part)) page.pick(targetOf(part, feature, event.latlng));
    },
  });
}

/**
 * @param {Registry} part
 * @param {(feature: Outline) => PathOptions} style
 */
function register(part, style) {
  return (/** @type {Outline} */ feature, /** @type {Path} */ layer, /** @type {Context} */ context) => {
    adopt(context.map);
    state.zones[part].set(feature.properties.code, layer);
    hear(part, feature, layer, style);
    tellDrawn(part, context.url);
  };
}

export const eachCommune = register("communes", communeStyle);
export const eachZone = register("zones", zoneStyle);

/**
 * For the lines that only have to tell that they are there.
 * @param {unknown} _feature
 * @param {unknown} _layer
 * @param {Context} context
 */
export function eachLine(_feature, _layer, context) {
  tellDrawn(context.id, context.url);
}

/**
 * Draws a theme on what is there; a layer that arrives later takes its style from the theme.
 * @param {Theme} theme
 */
export function paint(theme) {
  const level = state.theme?.level;
  state.theme = theme;
  if (level !== theme.level) renameTowns();
  for (const [registry, style] of STYLES) {
    for (const [code, layer] of state.zones[registry]) {
      if (layer._map) layer.setStyle(style(layer.feature));
      else state.zones[registry].delete(code);
    }
  }
  withMap((map) => {
    map.getContainer().dataset.level = theme.level;
    byId("shell").dataset.drawing = theme.drawing;
    drawCircles(map, theme);
  });
}

/**
 * @param {LeafletMap} map
 * @param {Theme} theme
 */
async function drawCircles(map, theme) {
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

/**
 * The style of what lies under and over the perimeters.
 * @param {Outline} feature
 * @returns {PathOptions}
 */
export function backgroundStyle(feature) {
  /** @type {Record<string, PathOptions>} */
  const styles = {
    neighbour: { color: colour("rule"), weight: 0.5, fillColor: colour("land-abroad"), fillOpacity: 1 },
    strip: { stroke: false, fillColor: colour("land-abroad"), fillOpacity: 1 },
    outside: { color: INK, weight: 0.9, opacity: 0.55, dashArray: "3 3", fill: false },
  };
  return styles[feature.properties.kind || ""];
}

/** @returns {PathOptions} */
export function epciLimit() {
  return { color: INK, weight: 0.8, opacity: 0.6, fill: false };
}

/** @returns {PathOptions} */
export function departementLimit() {
  return { color: INK, weight: 1.6, opacity: 0.9, fill: false };
}
