/* Points, each drawn for what it is: filled pin, hollow pin, counted square; circles for money. */

import { adopt, set, state, theMap, touch, withMap } from "../../assets/core.js";
import { element, fields } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import { drawAreas, drawPerimeters, drawSeen } from "./areas.js";
import { showBackground } from "./background.js";
import { showByFrame } from "./by_frame.js";
import { radius } from "./circles.js";
import { icon, markOfMany } from "./many.js";
import { renameTowns } from "./names.js";
import { bindBounded, tellAll } from "./popups.js";
import { holds, stand, under } from "./standing.js";

/**
 * @import { Context, Hideout, PointFeature, PointProperties, Urls } from "../../assets/types"
 * @import { LatLng, Layer } from "leaflet"
 */

const PIN = 22;
/** Among the layers of the list. */
const BACKGROUND = "fond";

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
  if (feature.properties.cluster) return markOfMany(context.map, feature, latlng, context.hideout);
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
  showBackground(now.has(BACKGROUND) && urls.background || []);
  for (const [layer, url] of Object.entries(urls.byFrame || {})) {
    showByFrame(layer, now.has(layer) ? url : null, (map, answer) => { drawSeen(layer, map, answer); });
  }
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
