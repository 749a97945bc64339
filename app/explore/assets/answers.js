/* What is chosen → what the server says of it. It is asked for at the gesture, before the choice has gone
   through Dash, and drawn as soon as it is there; the stores follow. */

import { change, sinceNow } from "../../assets/address.js";
import { set, state, titlePage } from "../../assets/core.js";
import { byId, fill, hit } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { answered, missed } from "../../assets/outage.js";
import { nameOf } from "../../map/assets/search.js";
import { showTheme } from "../../map/assets/place.js";
import { EXPLORER } from "../../view/assets/keys.js";
import { writeAll } from "../../view/assets/query.js";

/** @import { Choice, Theme } from "../../assets/types" */

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
  afterTheme = null;
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

/**
 * What was last asked for of each kind, until it has come.
 * @type {Map<string, string>}
 */
const awaited = new Map();

/**
 * Draws an answer unless something else was chosen meanwhile: the last choice is the one that counts, whenever it was
 * made, and an older answer writes nothing.
 * @param {string} kind
 * @param {string} url
 * @param {(answer: any) => void} draw
 * @param {(answer: any) => void} follow fills the fields and the stores, once what was drawn has been painted
 * @param {() => string} standIn shows what there is instead; gives the sentence that tells it
 * @returns {Promise<void>}
 */
async function bring(kind, url, draw, follow, standIn) {
  awaited.set(kind, url);
  waiting(kind, true);
  const last = () => awaited.get(kind) === url;
  let answer;
  try {
    answer = await fetchOnce(url);
  } catch {
    if (last()) missed(kind, standIn(), () => { bring(kind, url, draw, follow, standIn); });
    return;
  }
  if (!last()) return;
  answered(kind);
  draw(answer);
  await painted();
  if (!last()) return;
  awaited.delete(kind);
  waiting(kind, false);
  follow(answer);
}

/**
 * A slow answer shows that it is awaited.
 * @param {string} kind
 * @param {boolean} yes
 */
function waiting(kind, yes) {
  byId("shell").dataset[kind + "Awaited"] = yes ? "yes" : "no";
}

/** Whether the sheet of the last choice has yet to come: what the fields show is then no measure of a choice. */
export function awaitsSheet() {
  return awaited.has("sheet");
}

/** What the sheet on screen is about. */
let opened = "";

/**
 * A new sheet is read from its top; whoever was in the old one, or lost what they pressed with it, is at its heading.
 * @param {string} shown
 */
function beginAtTop(shown) {
  if (opened === shown) return;
  opened = shown;
  const body = byId("sheet-body");
  body.scrollTop = 0;
  const focused = document.activeElement;
  if (focused && focused !== document.body && !body.contains(focused)) return;
  const heading = body.querySelector("h2");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * Where the server is gone, the page says so of the place that was chosen, instead of showing another's sheet.
 * @param {string} shown
 */
function standInForSheet(shown) {
  const name = shown.split(",").map(nameOf).join(", ");
  fill([
    ["div", { class: "sheet-head" }, [
      ["h2", {}, [name]],
      ["p", { class: "failure", role: "note" }, [
        "La fiche n’est pas encore arrivée\u00a0: le serveur ne répond pas. Elle est redemandée d’elle-même.",
      ]],
    ]],
  ], "sheet-body");
  fill([["ol", {}, [["li", { "aria-current": "page" }, [name]]]]], "trail");
  titlePage(name);
  beginAtTop(shown);
  return "Le serveur ne répond pas\u00a0: la fiche viendra dès qu’il répondra.";
}

/**
 * Store of the place → its sheet, the way to it, what the fields offer.
 * @param {string} shown
 * @returns {Promise<void>}
 */
export function bringSheet(shown) {
  return bring("sheet", sheetOf(shown), ({ sheet, trail }) => {
    fill(sheet, "sheet-body");
    fill(trail, "trail");
    beginAtTop(shown);
  }, ({ picked, epcis, communes, name }) => {
    // first what the fields are held against, so that what is written into them is no choice
    set("picked", { data: picked });
    set("territory", { value: picked.territory });
    set("epci", { data: epcis, value: picked.epci });
    set("commune", { data: communes, value: picked.commune });
    set("place-name", { data: name });
  }, () => standInForSheet(shown));
}

/**
 * Store of the choice → the theme, its legend, what the fields show.
 * @param {Choice} choice
 * @returns {Promise<void>}
 */
export function bringTheme(choice) {
  return bring("theme", themeOf(choice), ({ choice: drawn, theme, legend }) => {
    if (stillHere()) change(drawn);
    showTheme(theme, state.urls);
    fill(legend, "legend");
  }, ({ theme, indicator, measure, levels, level, drawing }) => {
    const then = afterTheme;
    afterTheme = null;
    set("theme", { data: theme });
    if (then && theme && then(theme)) return;
    set("indicator", { value: indicator });
    set("measure", { value: measure });
    set("level", { data: levels, value: level });
    set("drawing", { value: drawing });
  }, () => "Le serveur ne répond pas\u00a0: la carte montre encore «\u00a0" + (state.theme?.title || "") + "\u00a0». "
    + "Votre choix viendra dès qu’il répondra.");
}

/**
 * A choice that needs to know the theme that is on its way, total or rate; gives whether it chose another.
 * @type {((theme: Theme) => boolean) | null}
 */
let afterTheme = null;

/**
 * Runs a choice once the theme that is awaited is there, instead of putting the fields back to it.
 * @param {(theme: Theme) => boolean} choose
 */
export function chooseAfterTheme(choose) {
  afterTheme = choose;
}
