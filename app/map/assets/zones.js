/* Perimeters on the map: what the pointer says, what a click opens, a theme drawn on them. Leaflet calls these. */

import { adopt, colour, quantity, state, theMap, touch, withMap } from "../../assets/core.js";
import { byId, element } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import { drawCircles } from "./circles.js";
import { communeStyle, fillCommunes, stateOf, zoneStyle } from "./fills.js";
import { further } from "./inside.js";
import { drawn } from "./loading.js";
import { renameTowns } from "./names.js";

/**
 * @import { Context, Outline, Registry, Theme } from "../../assets/types"
 * @import { LatLng, LeafletMouseEvent, Path, PathOptions } from "leaflet"
 */

const INK = colour("ink");

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
 * Gives what is there its style again, and forgets what is not.
 * @param {Registry} registry
 * @param {(feature: Outline) => PathOptions} style
 */
function styleAnew(registry, style) {
  for (const [code, layer] of state.zones[registry]) {
    if (layer._map) layer.setStyle(style(layer.feature));
    else state.zones[registry].delete(code);
  }
}

/**
 * Draws a theme on what is there; a layer that arrives later takes its style from the theme.
 * @param {Theme} theme
 */
export function paint(theme) {
  const before = state.theme;
  state.theme = theme;
  if (before?.level !== theme.level) renameTowns();
  const onCommunes = theme.level === "commune";
  // communes that carry nothing look the same whatever others carry
  if (!before || onCommunes !== (before.level === "commune")) styleAnew("communes", communeStyle);
  if (onCommunes) fillCommunes(state.zones.communes.keys(), theme);
  else styleAnew("zones", zoneStyle);
  withMap((map) => {
    map.getContainer().dataset.level = theme.level;
    byId("shell").dataset.drawing = theme.drawing;
    drawCircles(map, theme);
  });
}
