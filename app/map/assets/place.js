/* The selected place: its outline, where the map looks; how a theme comes to the map. */

import { calm, colour, set, state, theMap, withMap } from "../../assets/core.js";
import { byId } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import { refineBackground } from "./background.js";
import { coveredByPanel } from "./covered.js";
import { openGround } from "./inside.js";
import { load } from "./loading.js";
import { nameTowns } from "./names.js";
import { outlineOf } from "./outlines.js";
import { paint } from "./zones.js";

/**
 * @import { Outline, Theme, Urls } from "../../assets/types"
 * @import { LatLngBoundsExpression, Map as LeafletMap } from "leaflet"
 */

const FINER_FROM = [10, 12];
const CLOSEST = 13;

/**
 * Makes what is written the selected one: a place, a contract, a district, or places beside each
 * other with commas between them; everything else follows from the store.
 * @param {string} shown
 */
export function choose(shown) {
  state.restoring = false;
  page.expect(shown);
  set("place", { data: shown });
}

/**
 * Shows the outline of what was chosen and goes there, at once.
 * @param {string} shown
 */
export function goTo(shown) {
  state.restoring = false;
  showPlace(shown, state.urls);
}

/**
 * What something written is drawn by: a contract by its partner, a quartier and a place by themselves.
 * @param {string} written
 */
function within(written) {
  const [kind] = written.split(":");
  return state.urls.areas?.[kind] ? [written] : state.urls.within[written] || [written];
}

/** Strokes of the places beside each other, told apart without colour. */
const STROKES = [undefined, "9 5", "2 5"];

/**
 * @param {LeafletMap} map
 * @param {[Outline, string | undefined][]} outlines each with the dashes of its stroke
 */
function draw(map, outlines) {
  const group = state.outline || window.L.layerGroup().addTo(map);
  state.outline = group;
  group.clearLayers();
  for (const [feature, dashArray] of outlines) {
    for (const style of [
      { color: "#ffffff", weight: 6, opacity: 0.9 },
      { color: colour("selection"), weight: 3, opacity: 1, dashArray },
    ]) {
      window.L.geoJSON(feature, {
        pane: "selection", interactive: false, style: { ...style, fill: false, lineJoin: "round" },
      }).addTo(group);
    }
  }
}

/**
 * Room that the sheet covers on a phone, so that a place is framed in what can be seen.
 * @returns {{ paddingTopLeft: [number, number], paddingBottomRight: [number, number] }}
 */
function padding() {
  return { paddingTopLeft: [24, 24], paddingBottomRight: [24, 24 + coveredByPanel()] };
}

/**
 * @param {LatLngBoundsExpression} bounds
 * @param {boolean} [still] at once, without flying there
 */
export function lookAt(bounds, still) {
  state.guided = true;
  state.touched = false;
  state.free = false;
  state.framed = bounds;
  const options = { ...padding(), maxZoom: CLOSEST, duration: 0.6 };
  if (still || calm()) theMap().fitBounds(bounds, { ...options, animate: false });
  else theMap().flyToBounds(bounds, options);
}

/** Frames the place again, unless the reader has moved the map since or reads a card on it. */
export function lookAgain() {
  const reading = document.querySelector(".leaflet-popup");
  if (state.map && state.framed && !state.free && !reading && !onScreen) lookAt(state.framed, true);
}

/**
 * Where the map looked on the screen, while it is on paper.
 * @type {{ centre: import("leaflet").LatLng, zoom: number } | null}
 */
let onScreen = null;

/** The map takes its size on paper, and shows there what it shows on the screen. */
export function lookForPaper() {
  const map = state.map;
  if (!map || onScreen) return;
  onScreen = { centre: map.getCenter(), zoom: map.getZoom() };
  const seen = state.free || !state.framed ? map.getBounds() : state.framed;
  resize(map, "yes");
  state.guided = true;
  map.fitBounds(seen, { animate: false, padding: [12, 12], maxZoom: CLOSEST });
}

export function lookForScreen() {
  const map = state.map;
  if (!map || !onScreen) return;
  resize(map, "no");
  state.guided = true;
  map.setView(onScreen.centre, onScreen.zoom, { animate: false });
  onScreen = null;
}

/**
 * @param {LeafletMap} map
 * @param {"yes" | "no"} paper
 */
function resize(map, paper) {
  byId("shell").dataset.paper = paper;
  state.guided = true;
  map.invalidateSize({ pan: false, animate: false });
}

/** @param {string} place */
export async function lookAtPlace(place) {
  lookAt(window.L.geoJSON(await outlineOf(place)).getBounds());
}

/**
 * @param {string} shown
 * @param {boolean} move
 */
async function show(shown, move) {
  const each = shown.split(",");
  const places = each.flatMap((one, rank) => within(one).map((place) => ({ place, stroke: STROKES[rank] })));
  const features = await Promise.all(places.map(({ place }) => outlineOf(place)));
  if (state.shown !== shown) return;
  draw(theMap(), each[0].startsWith("departement:") ? []
    : features.map((feature, index) => [feature, places[index].stroke]));
  const bounds = window.L.featureGroup(features.map((feature) => window.L.geoJSON(feature))).getBounds();
  if (move) lookAt(bounds);
  else state.framed = state.framed || bounds;
}

function refine() {
  // outlines that are on their way come too late for paper
  if (onScreen) return;
  const zoom = theMap().getZoom();
  const resolution = FINER_FROM.filter((from) => zoom >= from).length;
  if (resolution === state.resolution) return;
  state.resolution = resolution;
  loadOutlines();
  refineBackground();
  if (state.shown) show(state.shown, false);
}

function loadOutlines() {
  const level = state.theme ? state.theme.level : "epci";
  load("communes", state.urls.commune[state.resolution]);
  load("limits", state.urls[level === "commune" ? "epci" : level][state.resolution]);
  load("outline", state.urls.departement[state.resolution]);
  if (level !== "commune") load("zones", state.urls[level][state.resolution]);
}

/**
 * Places beside each other need room: the map gives some of its own.
 * @param {boolean} yes
 */
function setSideBySide(yes) {
  const shell = byId("shell");
  if ((shell.dataset.compared === "yes") === yes) return;
  shell.dataset.compared = yes ? "yes" : "no";
  if (state.map) state.map.invalidateSize({ pan: false });
}

let begun = false;

/** @param {LeafletMap} map */
function begin(map) {
  begun = true;
  map.on("zoomend", refine);
  map.on("resize", lookAgain);
  map.whenReady(() => {
    refine();
    nameTowns(map, state.urls.names);
  });
}

/**
 * Store of the place → outline, frame and words; the first call keeps the given frame.
 * @param {string} shown
 * @param {Urls} urls
 */
export function showPlace(shown, urls) {
  const first = state.shown === null;
  const moved = state.shown !== shown;
  state.urls = urls;
  state.shown = shown;
  state.place = within(shown.split(",")[0])[0];
  openGround(state.place);
  setSideBySide(shown.includes(","));
  page.placeShown(shown, first || !moved);
  withMap((map) => {
    if (!begun) begin(map);
    map.whenReady(() => { if (moved) show(shown, !first && !state.restoring); });
  });
}

/**
 * Store of the theme → colours and, for another level, the file of its outlines.
 * @param {Theme | null} theme
 * @param {Urls} urls
 */
export function showTheme(theme, urls) {
  const before = state.theme;
  state.urls = urls;
  if (!theme || theme === before) return;
  paint(theme);
  if (before && before.level !== theme.level) loadOutlines();
  byId("map-title").textContent = theme.title;
  byId("shell").dataset.pair = theme.pair ? "yes" : "no";
  page.themeShown(theme);
}
