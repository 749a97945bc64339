/* How perimeters are filled and bordered, and what lies under and over them. */

import { colour, state } from "../../assets/core.js";

/**
 * @import { Outline, Theme } from "../../assets/types"
 * @import { PathOptions } from "leaflet"
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
export function stateOf(code, theme) {
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
  const named = { className: NAMED + feature.properties.code };
  if (carries) return { ...filled(feature.properties.code, HAIRLINE), ...named };
  return { ...HAIRLINE, opacity: 0.5, fill: true, fillColor: LAND, fillOpacity: 0, ...named };
}

/** Begins the class of a commune, by which a rule fills it. */
const NAMED = "commune-";

/** @type {HTMLStyleElement | null} */
let sheet = null;

/**
 * Fills the communes by a rule for each colour: a few rules are sooner written than as many attributes as communes.
 * @param {Iterable<string>} codes
 * @param {Theme} theme
 */
export function fillCommunes(codes, theme) {
  /** @type {Map<string, string[]>} */
  const byFill = new Map();
  for (const code of codes) {
    const fill = fillOf(code, theme);
    const same = byFill.get(fill);
    if (same) same.push("." + NAMED + code);
    else byFill.set(fill, ["." + NAMED + code]);
  }
  sheet = sheet || document.head.appendChild(document.createElement("style"));
  sheet.textContent = [...byFill].map(([fill, named]) => named.join() + "{fill:" + fill + "}").join("");
}

/** @param {Outline} feature */
export function zoneStyle(feature) {
  return filled(feature.properties.code, BORDER);
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
