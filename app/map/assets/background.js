/* The background of our own: built-up areas, water, railways, roads, coarser from far. The style sheet draws them. */

import { state, withMap } from "../../assets/core.js";
import { fetchOnce } from "../../assets/files.js";

/** @import { Map as LeafletMap } from "leaflet" */

const PANE = "background";
/** Over the colours of the perimeters, under their limits. */
const DEPTH = "315";
/** Of the one kind that is no line. */
const AREA = "built";
/** What the style sheet calls the resolutions. */
const DETAILS = ["far", "middle", "near"];

/** @type {string[]} */
let files = [];
/** Address of the file that is drawn, or on its way. */
let shown = "";
/** @type {import("leaflet").LayerGroup | null} */
let drawn = null;

/**
 * @import { GeoJSON } from "leaflet"
 * @import { Feature } from "geojson"
 */

/**
 * A part of what is drawn: the areas, the rims of the lines, or the lines.
 * @param {any} content
 * @param {string} rim Class of a rim, empty for none
 * @param {boolean} areas
 * @returns {GeoJSON}
 */
function part(content, rim, areas) {
  return window.L.geoJSON(content, {
    pane: PANE,
    interactive: false,
    filter: (/** @type {Feature} */ one) => (one.properties?.kind === AREA) === areas,
    style: (one) => ({ className: rim + "ground-" + one?.properties?.kind, stroke: !areas, fill: areas }),
  });
}

/** @param {LeafletMap} map */
function paneOf(map) {
  const pane = map.getPane(PANE) || map.createPane(PANE);
  pane.style.zIndex = DEPTH;
  pane.setAttribute("aria-hidden", "true");
  return pane;
}

/** @param {LeafletMap} map */
async function draw(map) {
  const rank = state.resolution;
  const url = files[rank] || "";
  if (url) paneOf(map).dataset.detail = DETAILS[rank];
  if (url === shown) return;
  shown = url;
  const content = url && await fetchOnce(url);
  if (url !== shown) return; // something else was asked for meanwhile
  drawn?.remove();
  drawn = null;
  if (!content) return;
  drawn = window.L.layerGroup([
    part(content, "", true), part(content, "ground-rim ", false), part(content, "", false),
  ]).addTo(map);
}

/** Draws what there is as finely as the map now asks for. */
export function refineBackground() {
  withMap((map) => {
    draw(map).catch(() => { shown = ""; }); // to be asked for again
  });
}

/**
 * Draws the background, or takes it away.
 * @param {string[]} urls One for each resolution, the coarsest first; none for no background.
 */
export function showBackground(urls) {
  files = urls;
  const credit = document.getElementById("background-credit");
  if (credit) credit.hidden = !urls.length;
  refineBackground();
}
