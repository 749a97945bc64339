/* The offline page: files come from the page itself, and what Dash would do is done here. */

import { adopt, state, titlePage } from "../../../assets/core.js";
import { build, byId, element } from "../../../assets/dom.js";
import { readFilesFrom } from "../../../assets/files.js";
import { page } from "../../../assets/page.js";
import { announcePlace } from "../../../assets/shell.js";
import { backgroundStyle, communeStyle, departementLimit, epciLimit, zoneStyle } from "../../../map/assets/fills.js";
import "../../../map/assets/keyboard.js";
import { findOutlinesBy } from "../../../map/assets/outlines.js";
import { choose, showPlace as drawPlace, showTheme as drawTheme } from "../../../map/assets/place.js";
import { eachPoint, point, showLayers } from "../../../map/assets/points.js";
import { load, loadSearch } from "../../../map/assets/found.js";
import { eachCommune, eachLine, eachZone } from "../../../map/assets/zones.js";

/**
 * @import { Context, Described, Hideout, Outline, PointFeature, Theme, Urls } from "../../../assets/types"
 * @import { LatLng, Layer, Map as LeafletMap } from "leaflet"
 *
 * @typedef {{ properties: any, rings?: number[][][], lines?: number[][] }} PackedFeature
 * @typedef {{ decimals: number, features: PackedFeature[] }} Packed
 * @typedef {number | string | [string, Record<string, any>, Folded[]]} Folded an element, or the number of a shared one
 * @typedef {Record<string, any>} Options of a part, as Leaflet has them
 *
 * @typedef {object} Contents what app/exports/offline/contents.py writes
 * @property {Record<string, any>} files by name
 * @property {Folded[]} shared
 * @property {Record<string, Hideout>} points
 * @property {Record<string, string[]>} perimeters
 * @property {string[]} areas identifiers of the layers of areas
 * @property {Record<string, { name: string, content: Folded[], trail: Folded[] }>} sheets
 * @property {{ id: string, title: string, legend: Folded, theme: Theme }[]} themes
 * @property {Folded[]} layers
 * @property {Folded[]} footer
 * @property {string[]} shown
 * @property {string} place
 */

/** @type {Contents} */
const contents = JSON.parse(byId("contents").textContent || "");
const files = Object.fromEntries(Object.entries(contents.files).map(([name, file]) => (
  [name, file.decimals === undefined ? file : unpack(file)]
)));
/** @type {Record<string, Layer>} */
const groups = {};

/**
 * Turns rings and lines of steps on a grid into GeoJSON.
 * @param {Packed} file
 */
function unpack(file) {
  const unit = 10 ** file.decimals;
  const line = (/** @type {number[]} */ steps) => {
    const points = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points.push([x / unit, y / unit]);
    }
    return points;
  };
  const ring = (/** @type {number[]} */ steps) => {
    const points = line(steps);
    return [...points, points[0]];
  };
  return { ...file, features: file.features.map(({ rings, lines, ...feature }) => {
    const geometry = rings ? { type: "MultiPolygon", coordinates: rings.map((polygon) => polygon.map(ring)) }
      : { type: "MultiLineString", coordinates: (lines || []).map(line) };
    return { ...feature, geometry };
  }) };
}

/**
 * Puts the elements that many sheets share where their numbers stand.
 * @param {Folded} part
 * @returns {Described}
 */
function unfold(part) {
  if (typeof part === "number") return unfold(contents.shared[part]);
  return Array.isArray(part) ? [part[0], part[1], part[2].map(unfold)] : part;
}

/** @type {Map<string, Outline>} */
const outlines = new Map([
  ...files.commune.features.map((/** @type {Outline} */ one) => ["commune:" + one.properties.code, one]),
  ...files.outlines.features.map((/** @type {Outline} */ one) => [one.properties.code, one]),
]);

/**
 * One resolution stands for all three.
 * @param {string} name
 */
function same(name) {
  return [name, name, name];
}

/** @type {Urls} */
const urls = {
  departement: same("departement"), epci: same("epci"), commune: same("commune"), names: "names", search: "search",
  anchors: { epci: "anchors-epci", commune: "anchors-commune" },
  points: Object.fromEntries(Object.keys(contents.points).map((layer) => [layer, "layer-" + layer])),
  areas: Object.fromEntries(contents.areas.map((layer) => [layer, "layer-" + layer])),
  perimeters: contents.perimeters, within: {}, background: files.background ? same("background") : [],
};

state.urls = urls;
page.choose = choose;
readFilesFrom((name) => Promise.resolve(files[name]));
findOutlinesBy((place) => Promise.resolve(/** @type {Outline} */ (outlines.get(place) || outlines.get(contents.place))));

/**
 * @param {string} part
 * @param {Folded[]} content
 */
function fill(part, content) {
  byId(part).replaceChildren(...content.map(unfold).map(build).filter((child) => child !== null));
}

/** @param {string} place */
function showPlace(place) {
  const sheet = contents.sheets[place];
  if (!sheet) return;
  fill("sheet-body", sheet.content);
  fill("trail", sheet.trail);
  byId("sheet-body").scrollTop = 0;
  if (state.place) announcePlace(sheet.name);
  drawPlace(place, urls);
}

/** @param {string} id */
function showTheme(id) {
  const shown = contents.themes.find((theme) => theme.id === id);
  if (!shown) return;
  fill("legend", [shown.legend]);
  drawTheme(shown.theme, urls);
}

/**
 * Draws a part of the map, as dash-leaflet does from an address.
 * @param {string} part
 * @param {string} url
 * @param {Options} options
 */
function draw(part, url, { each, toLayer, ...rest }) {
  if (groups[part]) groups[part].remove();
  delete groups[part];
  const map = state.map;
  if (!url || !map) return;
  /** @type {Context} */
  const context = { map, url, id: part, hideout: rest.hideout };
  groups[part] = window.L.geoJSON(files[url], {
    ...rest,
    onEachFeature: each && ((/** @type {unknown} */ feature, /** @type {Layer} */ layer) => {
      each(feature, layer, context);
    }),
    pointToLayer: toLayer && ((/** @type {PointFeature} */ feature, /** @type {LatLng} */ latlng) => (
      toLayer(feature, latlng, context)
    )),
  }).addTo(map);
}

/** @type {Record<string, Options>} */
const parts = {
  around: { style: backgroundStyle, pane: "around", interactive: false },
  zones: { style: zoneStyle, pane: "zones", each: eachZone },
  communes: { style: communeStyle, pane: "communes", each: eachCommune },
  limits: { style: epciLimit, pane: "limits", each: eachLine, interactive: false },
  outline: { style: departementLimit, pane: "limits", each: eachLine, interactive: false },
};

/**
 * What Dash would hand on to a component.
 * @type {Record<string, (props: any, id: any) => void>}
 */
const setters = {
  place: ({ data }) => { showPlace(data); },
  layers: ({ data }) => { showLayers(data, urls); },
  points: ({ url }, { layer }) => {
    draw("points-" + layer, url, {
      pane: "points", toLayer: point, each: eachPoint, hideout: contents.points[layer],
    });
  },
  zones: ({ url }) => { draw("zones", url, parts.zones); },
};

window.dash_clientside = {
  /**
   * @param {string | { kind: string }} id
   * @param {unknown} props
   */
  set_props: (id, props) => {
    const set = setters[typeof id === "string" ? id : id.kind];
    if (set) set(props, id);
  },
};

function chooseTheme() {
  const list = /** @type {HTMLSelectElement} */ (document.getElementById("theme"));
  list.append(...contents.themes.map((theme) => element("option", { value: theme.id }, theme.title)));
  list.addEventListener("change", () => { showTheme(list.value); });
  if (contents.themes.length) showTheme(contents.themes[0].id);
}

/** Called by folium's script for each part of its map, then once when all are there. */
window.atlasOffline = {
  /**
   * @param {LeafletMap} map
   * @param {string} part
   * @param {string} url
   */
  draw: (map, part, url) => {
    adopt(map);
    draw(part, url, parts[part]);
  },

  open: () => {
    fill("layer-list", contents.layers);
    fill("footer", contents.footer);
    chooseTheme();
    showLayers([], urls);
    showLayers(contents.shown, urls);
    showPlace(contents.place);
    loadSearch(urls.search);
    load();
    titlePage(document.title.split(" – ")[0]);
  },
};
