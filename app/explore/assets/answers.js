/* What is chosen → what the server says of it. It is asked for at the gesture, before the choice has gone
   through Dash, and drawn as soon as it is there; the stores follow. */

import { change, sinceNow } from "../../assets/address.js";
import { set, state } from "../../assets/core.js";
import { fill, hit } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { showTheme } from "../../map/assets/place.js";
import { EXPLORER } from "../../view/assets/keys.js";
import { writeAll } from "../../view/assets/query.js";

/** @import { Choice } from "../../assets/types" */

const FAILURE = "Le serveur n’a pas répondu : réessayez, ou rechargez la page.";
const LONGEST_FRAME = 100;

/** @param {Choice} choice */
export function themeOf(choice) {
  return "/choix/theme" + writeAll({ ...choice }, EXPLORER);
}

/** @param {string} shown */
export function sheetOf(shown) {
  const [place, ...others] = shown.split(",");
  return "/choix/fiche" + writeAll({ place, compared: others.join(",") }, EXPLORER);
}

/** @param {string} url */
function expect(url) {
  fetchOnce(url).catch(() => { /* whoever needs it says so */ });
}

/**
 * Asks for the sheet of what is about to be chosen.
 * @param {string} shown
 */
export function expectSheet(shown) {
  expect(sheetOf(shown));
}

/** Whether what is drawn next was chosen on the view that the address still writes. */
let stillHere = () => false;

/**
 * Makes a choice of what is drawn; the map follows from the store, the address from what was drawn.
 * @param {Choice} choice
 */
export function chooseTheme(choice) {
  stillHere = sinceNow();
  expect(themeOf(choice));
  set("choice", { data: choice });
}

/** Between the press and the release of a button lies a tenth of a second. */
document.addEventListener("pointerdown", (event) => {
  const place = hit(event, "#shell [data-place]")?.dataset.place;
  if (place && document.getElementById("sheet-body")) expectSheet(place);
}, { passive: true });

/**
 * Resolves when what was drawn has been painted; in a tab that nobody sees, soon.
 * @returns {Promise<void>}
 */
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => { setTimeout(done, 0); });
    setTimeout(done, LONGEST_FRAME);
  });
}

/** @type {Record<string, string>} */
const latest = {};

/**
 * Draws an answer, unless another one was asked for since; gives what the stores are to hold.
 * @param {string} kind
 * @param {string} url
 * @param {(answer: any) => void} draw
 * @param {((answer: any) => unknown)[]} parts of the answer, for one store after another
 * @returns {Promise<unknown[]>}
 */
async function bring(kind, url, draw, parts) {
  latest[kind] = url;
  let answer;
  try {
    answer = await fetchOnce(url);
  } catch {
    set("remarks", { children: FAILURE });
    return parts.map(() => window.dash_clientside.no_update);
  }
  if (latest[kind] === url) draw(answer);
  await painted();
  return parts.map((part) => part(answer));
}

/** @param {string} part */
function only(part) {
  return (/** @type {any} */ answer) => answer[part];
}

/** @param {string} step */
function picked(step) {
  return (/** @type {any} */ answer) => answer.picked[step];
}

const SHEET = [
  only("sheet"), only("trail"), only("epcis"), only("communes"), picked("territory"), picked("epci"),
  picked("commune"), only("picked"), only("name"),
];
const THEME = ["theme", "legend", "indicator", "measure", "levels", "level", "drawing"].map(only);

/**
 * Store of the place → its sheet, the way to it, what the fields offer.
 * @param {string} shown
 */
export function bringSheet(shown) {
  return bring("sheet", sheetOf(shown), ({ sheet, trail }) => {
    fill(sheet, "sheet-body");
    fill(trail, "trail");
  }, SHEET);
}

/**
 * Store of the choice → the theme, its legend, what the fields show.
 * @param {Choice} choice
 */
export function bringTheme(choice) {
  return bring("theme", themeOf(choice), ({ choice: drawn, theme, legend }) => {
    if (stillHere()) change(drawn);
    showTheme(theme, state.urls);
    fill(legend, "legend");
  }, THEME);
}
