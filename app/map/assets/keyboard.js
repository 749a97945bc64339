/* The map from the keyboard: one stop; arrows go from perimeter to perimeter, Enter selects. */

import { announce, colour, state, withMap } from "../../assets/core.js";
import { all } from "../../assets/dom.js";
import { anchors } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { DIRECTIONS, nearestTo, nearestTowards } from "./directions.js";
import { communesIn } from "./inside.js";
import { pointsSeen, standing } from "./pins.js";
import { communeStyle } from "./fills.js";
import { hushZone, valueOf } from "./zones.js";

/**
 * @import { Position } from "../../assets/types"
 * @import { Map as LeafletMap, Point } from "leaflet"
 */

const KEYS = new Set([...Object.keys(DIRECTIONS), "Enter", "+", "=", "-", "p", "P"]);
const SPOKEN = new Set(["mapPane", "popupPane"]);
const STEP = 120;
/** The commune that the arrows stand on, while its EPCI carries the indicator. */
const CHOSEN = { color: colour("selection"), weight: 2.5, opacity: 1 };

/**
 * The open place whose communes the arrows go over, of the level that is drawn, and those communes.
 * @type {{ level: string, code: string, communes: Set<string> } | null}
 */
let ground = null;

/** What the arrows go over: the perimeters that carry the indicator, or the communes of the one that is open. */
function levelNow() {
  return ground ? "commune" : state.theme?.level || "epci";
}

function registry() {
  return state.zones[levelNow() === "commune" ? "communes" : "zones"];
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
  return [...registry().keys()].filter((code) => middles[code] && (!ground || ground.communes.has(code)))
    .map((code) => [code, map.latLngToContainerPoint([middles[code][1], middles[code][0]])]);
}

/** @param {LeafletMap} map */
function start(map) {
  const [level, code] = state.place ? state.place.split(":") : [];
  return level === levelNow() && registry().has(code) ? code : nearestTo(places(map), map.getSize().divideBy(2));
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

/** What hears the pointer where a perimeter stands: itself, or the open one around a commune. */
function hearing() {
  return ground ? state.zones.zones.get(ground.code) : state.active && registry().get(state.active);
}

function leave() {
  const layer = hearing();
  if (layer && state.active) layer.fire("mouseout");
  const commune = ground && state.active && registry().get(state.active);
  if (commune) commune.setStyle(communeStyle(commune.feature));
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
  const around = hearing();
  if (around) around.fire("mouseover", { latlng });
  if (ground) layer.setStyle(CHOSEN).bringToFront();
  announce(layer.feature.properties.name + (ground ? "" : ", " + valueOf(code)));
}

/**
 * Enter opens the perimeter; pressed again, the arrows go over its communes, and Enter opens one of them.
 * @param {string} code
 */
async function select(code) {
  const level = levelNow();
  const place = level + ":" + code;
  const open = level !== "commune" && place === state.place;
  const communes = open ? communesIn(place, await anchors("commune")) : new Set();
  if (!communes.size) {
    page.pick(place);
    return;
  }
  leave();
  ground = { level, code, communes };
  announce("Les flèches vont de commune en commune, Entrée en ouvre une, Échap revient.");
}

/** Back from the communes to the perimeter that they lie in. */
function goOut() {
  if (!ground) return;
  const { code } = ground;
  leave();
  ground = null;
  state.active = code;
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

/** What the keys before have begun: the middles may be on their way, and keys are done in the order they are pressed. */
let before = Promise.resolve();

/**
 * @param {LeafletMap} map
 * @param {KeyboardEvent} event
 */
export function onKey(map, event) {
  if (event.target !== map.getContainer() || !state.theme || event.altKey || event.ctrlKey) return before;
  if (KEYS.has(event.key)) event.preventDefault();
  before = before.then(() => act(map, event)).catch(() => { /* the middles did not come: the next key asks again */ });
  return before;
}

/**
 * @param {LeafletMap} map
 * @param {KeyboardEvent} event
 */
async function act(map, event) {
  if (!state.theme) return;
  if (ground && ground.level !== state.theme.level) ground = null;
  middles = await anchors(levelNow());
  const direction = DIRECTIONS[event.key];
  if (direction && event.shiftKey) map.panBy([direction[0] * STEP, direction[1] * STEP]);
  else if (direction) {
    const code = state.active && middles[state.active] ? next(map, state.active, direction) : start(map);
    if (code) enter(map, code);
  } else if (event.key === "Enter" && state.active) await select(state.active);
  else if (event.key === "p" || event.key === "P") openPoint(map, event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") (ground ? goOut : leave)();
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
