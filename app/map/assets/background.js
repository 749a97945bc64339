/* The background of our own: built-up areas, water, railways, roads, coarser from far. The style sheet draws them. */

import { state, withMap } from "../../assets/core.js";
import { fetchOnce } from "../../assets/files.js";

/** @import { Map as LeafletMap } from "leaflet" */

const PANE = "background";
/** Over the colours of the perimeters, under their limits. */
const DEPTH = "315";
/** What the style sheet calls the resolutions. */
const DETAILS = ["far", "middle", "near"];

/** @type {string[]} */
let files = [];
/** Address of the file that is drawn, or on its way. */
let shown = "";
/** @type {import("leaflet").GeoJSON | null} */
let drawn = null;

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
  drawn = window.L.geoJSON(content, {
    pane: PANE,
    interactive: false,
    style: (one) => ({
      className: "ground-" + one?.properties.kind,
      stroke: one?.properties.kind !== "built",
      fill: one?.properties.kind === "built",
    }),
  }).addTo(map);
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
