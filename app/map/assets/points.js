/* Points, each drawn for what it is: filled pin, hollow pin, counted square; circles for money. */

import { adopt, colour, number, set, state, theMap, touch, withMap } from "../../assets/core.js";
import { element, fields } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { markAreas } from "./area_marks.js";
import { renameTowns } from "./names.js";
import { outlineOf } from "./outlines.js";
import { radius } from "./zones.js";

/**
 * @import { Context, Hideout, Item, PointFeature, PointProperties, Urls } from "../../assets/types"
 * @import { LatLng, Layer, Map as LeafletMap, PathOptions } from "leaflet"
 */

const PIN = 22;
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
 * Filled for an address or a site, hollow for a street, a square with its count for a commune.
 * @param {PointProperties} properties
 * @param {Hideout} hideout
 */
function mark(properties, hideout) {
  const shape = properties.shape;
  const text = shape === "square" ? String(properties.count) : hideout.letter;
  const pin = element("span", { class: "pin pin-" + shape }, element("span", null, text));
  pin.style.setProperty("--colour", hideout.colour);
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

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function line(name, text) {
  return text ? element("p", { class: name }, text) : null;
}

/** @param {Item} entry */
function item(entry) {
  return element("li", null,
    element("strong", null, entry.title),
    line("popup-amount", entry.amount_text),
    line("popup-summary", entry.summary),
    line("popup-note", entry.note),
    line("popup-note", entry.district),
  );
}

/**
 * What a point says when it is opened; all of it text nodes.
 * @param {PointProperties} properties
 * @param {Hideout} hideout
 */
function popup(properties, hideout) {
  const items = properties.items;
  const head = properties.count > 1 ? properties.count + "\u00a0" + hideout.plural : hideout.singular;
  const unlisted = properties.count - items.length;
  const [place, name] = items[0].sheet
    ? [items[0].sheet, items[0].title]
    : ["commune:" + properties.commune_code, properties.commune];
  return element("div", { class: "popup" },
    element("p", { class: "popup-kind" }, head + ", " + properties.commune),
    element("ul", null, ...items.map(item)),
    line("popup-note", unlisted > 0 ? "Et " + unlisted + " de plus, dans le tableau à télécharger." : ""),
    line("popup-precision", properties.precision_text),
    // a commune across the border has no sheet
    properties.commune_code.startsWith("62") && element("button", { type: "button", class: "link", "data-place": place },
      "Ouvrir la fiche\u00a0: " + name),
  );
}

/**
 * Binds what is said of something, never wider or taller than the map has room for.
 * @param {Layer} layer
 * @param {LeafletMap} map
 * @param {PointProperties} properties
 * @param {Hideout} words
 */
function bindBounded(layer, map, properties, words) {
  layer.bindPopup(() => popup(properties, words), {
    maxWidth: Math.min(320, map.getSize().x - 72), maxHeight: 320, autoPanPadding: [24, 24],
  });
  layer.on("popupopen", (event) => {
    event.popup.options.maxHeight = Math.max(120, Math.min(320, map.getSize().y - 96));
    event.popup.update();
  });
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
  bindBounded(layer, context.map, feature.properties, context.hideout);
  layer.on("mouseover", () => {
    if (touch()) return;
    const first = feature.properties.items[0];
    const more = feature.properties.count - 1;
    layer.bindTooltip(element("div", null,
      element("strong", null, first.title),
      element("span", null, more ? "et " + more + " autre" + (more > 1 ? "s" : "") : first.amount_text),
    ), { className: "tip", direction: "top", offset: [0, -10] }).openTooltip();
  });
  layer.on("popupopen", () => { page.pointOpened(context.hideout.layer, feature.properties.items[0]); });
  if (state.opening && feature.properties.items.some((one) => one.key === state.opening)) {
    state.opening = null;
    layer.once("add", () => { layer.openPopup(); });
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
  for (const place of perimeters) {
    const feature = await outlineOf(place);
    window.L.geoJSON(feature, {
      pane: "perimeters", interactive: false, style: { ...PERIMETERS[layer], fill: false },
    }).addTo(group);
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
    pane: "perimeters", style: { color: areas.colour, weight: 1.5, fillOpacity: 0.15 },
    onEachFeature: (feature, area) => { bindBounded(area, map, feature.properties, areas); },
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
  if (shown && !shown.has(layer) && state.urls.points[layer]) chooseLayers(new Set([...shown, layer]));
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
