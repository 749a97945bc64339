/* What the scripts of the map share: its state, French numbers, the reader's device, Dash's stores. */

/**
 * @import { State, Theme } from "./types"
 * @import { Map as LeafletMap } from "leaflet"
 */

const SPACE = "\u00a0";
/** @type {Map<number, Intl.NumberFormat>} */
const formats = new Map();

/** @type {State} */
export const state = {
  map: null,
  theme: null,
  place: null,
  shown: null,
  urls: { anchors: {}, names: "", search: "", within: {}, points: {}, perimeters: {} },
  zones: { communes: new Map(), zones: new Map() },
  waiting: [],
  perimeters: {},
  resolution: 0,
  circles: null,
  outline: null,
  tooltip: null,
  guided: false,
  touched: false,
  free: false,
  framed: null,
  restoring: false,
  active: null,
  opening: null,
};

/**
 * Runs a function now, or as soon as the map exists.
 * @param {(map: LeafletMap) => void} work
 */
export function withMap(work) {
  if (state.map) work(state.map);
  else state.waiting.push(work);
}

/** @param {LeafletMap | null} map */
export function adopt(map) {
  if (!map || state.map === map) return;
  state.map = map;
  state.waiting.splice(0).forEach((work) => { work(map); });
}

/**
 * The map, for what can only happen once it is there.
 * @returns {LeafletMap}
 */
export function theMap() {
  if (!state.map) throw new Error("The map is not there yet.");
  return state.map;
}

/**
 * @param {number} value
 * @param {number} decimals
 */
export function number(value, decimals) {
  const known = formats.get(decimals);
  const format = known || new Intl.NumberFormat("fr-FR", {
    minimumFractionDigits: decimals, maximumFractionDigits: decimals,
  });
  if (!known) formats.set(decimals, format);
  return format.format(value);
}

/**
 * Writes a value with the unit of a theme.
 * @param {number} value
 * @param {Pick<Theme, "unit" | "unit_of_one" | "decimals">} theme
 */
export function quantity(value, theme) {
  const unit = Math.abs(value) < 2 ? theme.unit_of_one : theme.unit;
  return number(value, theme.decimals) + (unit ? SPACE + unit : "");
}

/**
 * A colour of tokens.css.
 * @param {string} name
 */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export function phone() {
  return window.matchMedia("(max-width: 63.99em)").matches;
}

/** In a frame of somebody else's page: there is a map and its legend, nothing to be at home in. */
export function embedded() {
  return document.getElementById("shell")?.dataset.embedded === "yes";
}

/** A finger does not hover: what it touches it opens. */
export function touch() {
  return window.matchMedia("(hover: none)").matches;
}

/**
 * Says a sentence to those who listen to the page.
 * @param {string} sentence
 */
export function announce(sentence) {
  const region = document.getElementById("announcements");
  if (region) region.textContent = sentence;
}

/** @param {string} name */
export function titlePage(name) {
  document.title = name + " – Atlas 62";
}

/**
 * Sets properties of a component, as Dash does.
 * @param {string | Record<string, string>} id
 * @param {Record<string, unknown>} props
 */
export function set(id, props) {
  window.dash_clientside.set_props(id, props);
}
