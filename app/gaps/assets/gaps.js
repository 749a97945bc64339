/* The page Écarts: the answer paints the map and fills the panels. */

import { announce, colour, number, set, state, withMap } from "../../assets/core.js";
import { byId, element, fieldById, fill } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import { tableIsOpen } from "../../assets/table.js";
import { renameTowns } from "../../map/assets/names.js";
import { lookAtPlace } from "../../map/assets/place.js";
import { paint } from "../../map/assets/zones.js";
import { CLOSES, EXPLORER, GAPS } from "../../view/assets/keys.js";
import { write } from "../../view/assets/query.js";
import { changes, takeUp, toggleSite, wordOf } from "./question.js";
import { searchOf } from "./view.js";

/**
 * @import { Described, Theme, Urls } from "../../assets/types"
 * @import { LayerGroup, Map as LeafletMap } from "leaflet"
 * @import { View } from "./view.js"
 *
 * @typedef {[rank: number, central: number, low: number, high: number | null, doubtful: 0 | 1]} Row of a commune
 * @typedef {{ code: string, at: [latitude: number, longitude: number], state: "opened" | "closed" | "proposed" }} Site
 * @typedef {{ url: string, hideout: any }} Points
 *
 * @typedef {object} Answer
 * @property {View} view
 * @property {Points[]} points of the services
 * @property {string} [bands] address of the bands around a site
 * @property {Record<string, string>} [words] of places whose key an address could not hold
 * @property {Site[]} sites of the scenario on the map, and those that are proposed
 * @property {string} [said]
 * @property {Theme & { table: Record<string, Row>, lost: string[] }} [theme] missing when there is no answer
 */

const SPACE = "\u00a0";

/** @type {Answer | null} */
let shown = null;
/** @type {Record<string, Row>} */
let table = {};
/** @type {Set<string>} */
let lost = new Set();
/** @type {LayerGroup | null} */
let sites = null;

/**
 * Hatching over the colour of a class, made once for each colour.
 * @param {string[]} colours
 */
function hatching(colours) {
  colours.forEach((fillColour, rank) => {
    if (document.getElementById("doubt-" + rank)) return;
    const pattern = /** @type {Element} */ (byId("no-data").cloneNode(true));
    pattern.id = "doubt-" + rank;
    const [ground, stroke] = /** @type {SVGElement[]} */ (/** @type {unknown} */ ([...pattern.children]));
    ground.style.fill = fillColour;
    stroke.setAttribute("class", "doubt-stroke");
    document.querySelector(".patterns defs")?.append(pattern);
  });
}

/** @param {string} code */
function fillOf(code) {
  const row = table[code];
  if (!row || !shown?.theme) return lost.has(code) || !shown?.theme ? "url(#no-data)" : colour("land");
  return row[4] ? "url(#doubt-" + row[0] + ")" : shown.theme.colours[row[0]];
}

/** @param {string} code */
function tell(code) {
  const row = table[code];
  if (!row) return lost.has(code) ? "hors d’atteinte" : "non compté";
  const [, central, low, high, doubtful] = row;
  const unit = SPACE + shown?.theme?.unit;
  const to = high === null ? "ou plus" : "à " + number(high, 1);
  return number(central, 1) + unit + " (de " + number(low, 1) + " " + to + ")"
    + (doubtful ? ", seuil dans la fourchette" : "");
}

/**
 * @param {LeafletMap} map
 * @param {Site[]} places
 */
function drawSites(map, places) {
  const group = sites || window.L.layerGroup().addTo(map);
  sites = group;
  group.clearLayers();
  const ranks = { opened: 0, closed: 0, proposed: 0 };
  places.forEach(({ code, at, state: is }) => {
    const sign = String(ranks[is] += 1);
    const mark = element("span", { class: "site-mark " + is }, is === "closed" ? "✕" : sign);
    window.L.marker(at, {
      icon: window.L.divIcon({ className: "mark", html: mark, iconSize: [24, 24] }),
      keyboard: false, pane: "points", zIndexOffset: 1000,
    }).on("click", () => { toggleSite(code); }).addTo(group);
  });
}

/** @type {string[] | null} */
let points = null;

/** @param {Points[]} given */
function showPoints(given) {
  given.forEach((one, number) => {
    if (points !== null && points[number] !== one.url) set("service-points-" + number, one);
  });
  points = given.map((one) => one.url);
}

/** @type {string | null} */
let bands = null;

/** @param {string} url */
function showBands(url) {
  if (bands !== null && bands !== url) set("gap-bands", { url });
  bands = url;
}

/** A band around a site: the nearer, the stronger its line. */
export function bandStyle(/** @type {{ properties: { band: number } }} */ feature) {
  return {
    color: colour("selection"), weight: 2.5 - feature.properties.band * 0.6, fillOpacity: 0.08,
    fillColor: colour("selection"), dashArray: ["", "6 3", "2 4"][feature.properties.band],
  };
}

/**
 * What can be done with a place of the service, in its card.
 * @param {string} layer
 * @param {string} key
 */
function actionsOn(layer, key) {
  const word = wordOf(layer, key);
  const closed = changes().includes(CLOSES + word);
  return [element("p", { class: "popup-actions" },
    element("button", { type: "button", class: "link", "data-do": "remove:" + CLOSES + word },
      closed ? "Le rouvrir" : "Le supposer fermé"),
    " ",
    element("button", { type: "button", class: "link", "data-do": "around:" + word }, "Bandes de trajet autour"),
  )];
}

/**
 * Fills the panel of the answer anew; focus, what was typed and what was unfolded stay.
 * @param {Described[]} content
 * @param {string} part
 */
export function fillAnswer(content, part) {
  const panel = byId(part);
  const focused = document.activeElement;
  const active = focused instanceof HTMLElement && panel.contains(focused) ? focused : null;
  const typed = ["gap-commune", "gap-place"].map((id) => fieldById(id)?.value);
  const open = [...panel.querySelectorAll("details[open]")].map((one) => one.id);
  fill(content, part);
  for (const id of open) {
    const details = id && document.getElementById(id);
    if (details instanceof HTMLDetailsElement) details.open = true;
  }
  const field = fieldById("gap-commune");
  ["gap-commune", "gap-place"].forEach((id, number) => {
    const again = fieldById(id);
    if (again) again.value = typed[number] || "";
  });
  if (!active) return;
  const does = active.dataset.do;
  /** @type {HTMLElement | null} */
  const same = does ? panel.querySelector('[data-do="' + CSS.escape(does) + '"]') : null;
  (same || document.getElementById(active.id) || field || byId("sheet")).focus();
}

/** @param {string[]} colours */
function begin(colours) {
  hatching(colours);
  page.keys = GAPS;
  page.expect = () => {};
  page.tableAsked = () => (shown ? searchOf(shown.view) : "");
  page.actionsOn = actionsOn;
  page.pick = (place) => { toggleSite(place.split(":")[1]); };
  page.choose = (found) => {
    if (found.split(":")[0] in state.urls) lookAtPlace(found);
    else window.location.assign("./" + write({ place: found }, EXPLORER));
  };
}

/**
 * The answer → the map, the fields of the question, what is said.
 * @param {Answer} given
 * @param {Urls} urls
 */
export function showGaps(given, urls) {
  const first = shown === null;
  const theme = given.theme;
  state.urls = urls;
  shown = given;
  table = theme ? theme.table : {};
  lost = new Set(theme ? theme.lost : []);
  if (first || theme) begin(theme ? theme.colours : []);
  const bare = { level: "commune", drawing: "aplats", values: {}, title: "" };
  paint(/** @type {Theme} */ ({ ...bare, ...theme, fillOf, tell }));
  byId("map-title").textContent = theme ? theme.title : "";
  renameTowns();
  withMap((map) => { drawSites(map, given.sites); });
  showPoints(given.points);
  showBands(given.bands || "");
  takeUp(given.view, given.words || {});
  if (first) return;
  announce(given.said || "");
  if (tableIsOpen()) set("gap-table-open", { data: page.tableAsked() });
}
