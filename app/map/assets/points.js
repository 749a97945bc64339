/* Points, each drawn for what it is: filled pin, hollow pin, counted square; circles for money. */

import { adopt, calm, colour, number, set, state, theMap, touch, withMap } from "../../assets/core.js";
import { element, fields } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { markAreas } from "./area_marks.js";
import { showByFrame } from "./by_frame.js";
import { radius } from "./circles.js";
import { renameTowns } from "./names.js";
import { outlineOf } from "./outlines.js";
import { bindBounded, tell, tellAll } from "./popups.js";
import { holds, stand, under } from "./standing.js";

/**
 * @import { Context, Hideout, PointFeature, PointProperties, Urls } from "../../assets/types"
 * @import { LatLng, Layer, Map as LeafletMap, PathOptions } from "leaflet"
 */

const PIN = 22;
/** Zooms by which a click on a mark of many comes closer. */
const CLOSER = 1.5;
/** Paper on both sides of an outline, so that it is read over every class. */
const RIM = { color: colour("paper"), weight: 4, opacity: 1 };
/** @type {Record<string, PathOptions>} */
const PERIMETERS = {
  contrats: { color: colour("money"), weight: 2.5, opacity: 0.9 },
  contrats_ville: { color: "#5b3f8c", weight: 2.2, opacity: 0.9, dashArray: "6 4" },
};

/**
 * @param {HTMLElement} mark
 * @param {number} size
 */
function icon(mark, size) {
  return window.L.divIcon({ className: "mark", html: mark, iconSize: [size, size] });
}

/**
 * Filled for an address or a site, hollow for a street, a square with its count for a commune; of several, their number.
 * @param {PointProperties} properties
 * @param {Hideout} hideout
 */
function mark(properties, hideout) {
  const shape = properties.shape;
  const text = shape === "square" || properties.count > 1 ? String(properties.count) : hideout.letter;
  const several = shape !== "square" && properties.count > 1;
  const pin = element("span", { class: "pin pin-" + shape + (several ? " pin-several" : "") }, element("span", null, text));
  pin.style.setProperty("--colour", hideout.colour);
  if (properties.label) pin.append(element("span", { class: "pin-label" }, properties.label));
  return pin;
}

/**
 * @param {PointFeature} feature
 * @param {LatLng} latlng
 * @param {Context<Hideout>} context
 * @returns {Layer}
 */
export function point(feature, latlng, context) {
  adopt(context.map);
  if (feature.properties.cluster) {
    return cluster(feature, latlng, 0, context)
      .on("click", () => { context.map.flyTo(latlng, context.map.getZoom() + CLOSER, { animate: !calm() }); });
  }
  const pin = window.L.marker(latlng, {
    icon: icon(mark(feature.properties, context.hideout), PIN), keyboard: false, pane: "points",
  });
  if (!context.hideout.circles) return pin;
  const amount = feature.properties.amount;
  const circle = window.L.circleMarker(latlng, {
    pane: "circles", className: "amount", radius: radius(amount, context.hideout), color: context.hideout.colour,
    weight: 2, fillColor: "#fff", fillOpacity: 0.55, bubblingMouseEvents: false,
  });
  const group = window.L.featureGroup([circle, pin]);
  page.pointMade(feature, group, (doubtful) => {
    pin.setIcon(icon(mark(feature.properties, context.hideout), PIN));
    circle.setRadius(radius(feature.properties.amount, context.hideout));
    circle.setStyle({ dashArray: doubtful ? "5 4" : /** @type {any} */ (null) });
  }, context.hideout);
  return group;
}

/**
 * Points too many to be told apart from here: a square with their count, that a click goes to.
 * @param {PointFeature} feature
 * @param {LatLng} latlng
 * @param {unknown} _index
 * @param {Context<Hideout>} context
 */
export function cluster(feature, latlng, _index, context) {
  const count = /** @type {number} */ (feature.properties.point_count);
  const size = count < 100 ? 30 : count < 1000 ? 36 : 44;
  const square = element("span", { class: "pin pin-cluster" }, element("span", null, number(count, 0)));
  square.style.setProperty("--colour", context.hideout.colour);
  return Object.assign(window.L.marker(latlng, {
    icon: icon(square, size), keyboard: false, pane: "points",
  }), { gathered: count + "\u00a0" + context.hideout.plural });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let renaming;

/** Names are written again once, when the last of the marks has come. */
function renameSoon() {
  clearTimeout(renaming);
  renaming = setTimeout(renameTowns, 0);
}

/**
 * @param {PointFeature} feature
 * @param {Layer} layer
 * @param {Context<Hideout>} context
 */
export function eachPoint(feature, layer, context) {
  renameSoon();
  if (feature.properties.cluster) return;
  const mark = stand(feature, layer, context.hideout);
  bindBounded(layer, context.map, () => tellAll(under(context.map, mark)));
  layer.on("mouseover", () => {
    if (touch()) return;
    const first = feature.properties.items[0];
    const more = under(context.map, mark).reduce((sum, one) => sum + one.feature.properties.count, 0) - 1;
    layer.bindTooltip(element("div", null,
      element("strong", null, first.title),
      element("span", null, more ? "et " + more + " autre" + (more > 1 ? "s" : "") : first.amount_text),
    ), { className: "tip", direction: "top", offset: [0, -10] }).openTooltip();
  });
  layer.on("popupopen", () => { page.pointOpened(context.hideout.layer, feature.properties.items[0]); });
  if (state.opening && holds(feature, state.opening)) {
    state.opening = null;
    layer.once("add", () => { setTimeout(() => { layer.openPopup(); }, 0); });
  }
}

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
async function drawPerimeters(map, layer, perimeters) {
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
 * Areas: an outline and a light fill, to be opened as points are; from far, a mark inside.
 * @param {LeafletMap} map
 * @param {string} layer
 * @param {string} url
 */
async function drawAreas(map, layer, url) {
  const group = groupOf(layer);
  group.addTo(map);
  const areas = await fetchOnce(url);
  if (state.perimeters[layer] !== group || !map.hasLayer(group)) return;
  group.clearLayers();
  const drawn = window.L.geoJSON(areas, {
    pane: "perimeters", 
    style: (one) => one?.properties.fill
      ? { color: areas.colour, weight: 1.5, fillColor: one.properties.fill, fillOpacity: 0.9 }
      : { color: areas.colour, weight: 1.5, fillOpacity: 0.15, dashArray: one?.properties.fill === "" ? "3 3" : undefined },
    onEachFeature: (feature, area) => { bindBounded(area, map, () => tell(feature.properties, areas)); },
  }).addTo(group);
  markAreas(map, layer, group, drawn, areas);
}

/** @type {Set<string> | null} */
let shown = null;

/**
 * Adds a layer to those that are shown.
 * @param {string} layer
 */
export function showLayer(layer) {
  if (shown && !shown.has(layer) && (state.urls.points[layer] || state.urls.byFrame?.[layer])) chooseLayers(new Set([...shown, layer]));
}

/**
 * Shows these layers and no others.
 * @param {Set<string>} chosen
 */
export function chooseLayers(chosen) {
  const layers = fields("[data-layer]").map((box) => box.dataset.layer || "").filter((layer) => chosen.has(layer));
  page.layersChosen(layers);
  set("layers", { data: layers });
}

/**
 * Ticked layers → files of points, outlines of contracts; the layout did the first ones.
 * @param {string[]} layers
 * @param {Urls} urls
 */
export function showLayers(layers, urls) {
  state.urls = urls;
  const before = shown;
  const now = new Set(layers);
  shown = now;
  for (const box of fields("[data-layer]")) box.checked = now.has(box.dataset.layer || "");
  if (before) {
    for (const [layer, url] of Object.entries(urls.points)) {
      if (before.has(layer) !== now.has(layer)) set({ kind: "points", layer }, { url: now.has(layer) ? url : "" });
    }
  }
  for (const [layer, url] of Object.entries(urls.byFrame || {})) showByFrame(layer, now.has(layer) ? url : null);
  withMap((map) => {
    for (const [layer, perimeters] of Object.entries(urls.perimeters)) {
      if (now.has(layer)) drawPerimeters(map, layer, perimeters);
      else if (state.perimeters[layer]) state.perimeters[layer].remove();
    }
    for (const [layer, url] of Object.entries(urls.areas || {})) {
      if (now.has(layer) && url) drawAreas(map, layer, url);
      else if (state.perimeters[layer]) state.perimeters[layer].remove();
    }
  });
}

/** Points that came before the map was framed were gathered in no frame. */
document.addEventListener("drawn", () => { theMap().fire("moveend"); }, { once: true });

/** Far out, pins are dots and hairlines faint: the style sheet reads the zoom from the container. */
withMap((map) => {
  const note = () => {
    map.getContainer().dataset.near = map.getZoom() >= 11 ? "yes" : "no";
    map.getContainer().dataset.far = map.getZoom() < 8.75 ? "yes" : "no";
  };
  map.on("zoomend", note);
  note();
});
