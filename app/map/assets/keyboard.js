/* The map from the keyboard: one stop; arrows go from perimeter to perimeter, Enter selects. */

import { announce, state, withMap } from "../../assets/core.js";
import { all } from "../../assets/dom.js";
import { anchors } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { DIRECTIONS, nearestTo, nearestTowards } from "./directions.js";
import { pointsSeen, standing } from "./pins.js";
import { hushZone, valueOf } from "./zones.js";

/**
 * @import { Position } from "../../assets/types"
 * @import { Map as LeafletMap, Point } from "leaflet"
 */

const KEYS = new Set([...Object.keys(DIRECTIONS), "Enter", "+", "=", "-", "p", "P"]);
const SPOKEN = new Set(["mapPane", "popupPane"]);
const STEP = 120;

function registry() {
  return state.zones[state.theme?.level === "commune" ? "communes" : "zones"];
}

/**
 * Of the level that the arrows last went over.
 * @type {Record<string, Position>}
 */
let middles = {};

/**
 * Where the perimeters of the map stand on the screen.
 * @param {LeafletMap} map
 * @returns {[code: string, at: Point][]}
 */
function places(map) {
  return [...registry().keys()].filter((code) => middles[code])
    .map((code) => [code, map.latLngToContainerPoint([middles[code][1], middles[code][0]])]);
}

/** @param {LeafletMap} map */
function start(map) {
  const code = state.place ? state.place.split(":")[1] : "";
  return registry().has(code) ? code : nearestTo(places(map), map.getSize().divideBy(2));
}

/**
 * @param {LeafletMap} map
 * @param {string} code
 * @param {[number, number]} direction
 */
function next(map, code, direction) {
  const [longitude, latitude] = middles[code];
  return nearestTowards(places(map), map.latLngToContainerPoint([latitude, longitude]), direction);
}

function leave() {
  const layer = state.active && registry().get(state.active);
  if (layer) layer.fire("mouseout");
  state.active = null;
}

/**
 * @param {LeafletMap} map
 * @param {string} code
 */
function enter(map, code) {
  leave();
  const layer = registry().get(code);
  if (!layer) return;
  const [longitude, latitude] = middles[code];
  const latlng = window.L.latLng(latitude, longitude);
  state.active = code;
  if (!map.getBounds().pad(-0.1).contains(latlng)) map.panTo(latlng, { animate: false });
  layer.fire("mouseover", { latlng });
  announce(layer.feature.properties.name + ", " + valueOf(code));
}

/** @type {ReturnType<typeof pointsSeen>[number] | null} */
let opened = null;

/**
 * Opens the popup of the next point that is seen, from north to south; P again goes on.
 * @param {LeafletMap} map
 * @param {1 | -1} step
 */
function openPoint(map, step) {
  const points = pointsSeen(map);
  if (!points.length) {
    announce("Aucun point n’est affiché ici.");
    return;
  }
  const before = opened ? points.indexOf(opened) : -1;
  const now = /** @type {typeof points[number]} */ (points.at((before + step) % points.length));
  opened = now;
  map.closePopup();
  now.fire("click", { latlng: standing(now) }, true);
  if ("gathered" in now && now.gathered) {
    announce(now.gathered + " groupés\u00a0: la carte s’en approche.");
    return;
  }
  const popup = all("#map .popup").pop();
  if (popup) announce(popup.innerText);
}

/**
 * @param {LeafletMap} map
 * @param {KeyboardEvent} event
 */
export async function onKey(map, event) {
  if (event.target !== map.getContainer() || !state.theme || event.altKey || event.ctrlKey) return;
  if (KEYS.has(event.key)) event.preventDefault();
  middles = await anchors(state.theme.level);
  const direction = DIRECTIONS[event.key];
  if (direction && event.shiftKey) map.panBy([direction[0] * STEP, direction[1] * STEP]);
  else if (direction) {
    const code = state.active && middles[state.active] ? next(map, state.active, direction) : start(map);
    if (code) enter(map, code);
  } else if (event.key === "Enter" && state.active) page.pick(state.theme.level + ":" + state.active);
  else if (event.key === "p" || event.key === "P") openPoint(map, event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") leave();
  else if (event.key === "+" || event.key === "=") map.zoomIn();
  else if (event.key === "-") map.zoomOut();
}

/** What is said at the pointer goes away on Escape, wherever the focus is. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !state.map) return;
  hushZone();
  state.map.closePopup();
  state.map.eachLayer((layer) => { if ("closeTooltip" in layer) layer.closeTooltip(); });
});

withMap((map) => {
  const container = map.getContainer();
  container.tabIndex = 0;
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Carte du Pas-de-Calais");
  container.setAttribute("aria-describedby", "map-help");
  container.addEventListener("keydown", (event) => { onKey(map, event); });
  container.addEventListener("blur", leave);
  for (const [name, pane] of Object.entries(map.getPanes())) {
    if (!SPOKEN.has(name)) pane?.setAttribute("aria-hidden", "true");
  }
});
