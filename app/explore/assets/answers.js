/* What is chosen → what the server says of it. It is asked for at the gesture and drawn as soon as it is there;
   Dash's stores and fields follow, once that is painted. */

import { change, sinceNow } from "../../assets/address.js";
import { set, state, titlePage } from "../../assets/core.js";
import { byId, fill, hit } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { answered, missed } from "../../assets/outage.js";
import { nameOf } from "../../map/assets/search.js";
import { showTheme } from "../../map/assets/place.js";
import { EXPLORER } from "../../view/assets/keys.js";
import { writeAll } from "../../view/assets/query.js";
import { fillStore, isOwn } from "./own_fillings.js";

/**
 * @import { Choice, Theme } from "../../assets/types"
 * @typedef {{ territory: string | null, epci: string | null, commune: string | null }} Picked
 */

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

/**
 * @param {string} url
 * @returns {Promise<void>} when it has come, or has failed
 */
async function expect(url) {
  await fetchOnce(url).catch(() => { /* whoever needs it says so */ });
}

/**
 * Asks for what is about to be drawn.
 * @param {Choice} choice
 */
export function expectTheme(choice) {
  return expect(themeOf(choice));
}

/**
 * Asks for the sheet of what is about to be chosen.
 * @param {string} shown
 */
export function expectSheet(shown) {
  return expect(sheetOf(shown));
}

/** Whether what is drawn next was chosen on the view that the address still writes. */
let stillHere = () => false;

/**
 * Makes a choice of what is drawn; the store and the address follow from what was drawn.
 * @param {Choice} choice
 * @returns {Promise<void>}
 */
export function chooseTheme(choice) {
  stillHere = sinceNow();
  afterTheme = null;
  return drawTheme(choice, followIn("choice", choice));
}

/**
 * Makes the choice of what the sheet is about.
 * @param {string} shown
 * @returns {Promise<void>}
 */
export function chooseSheet(shown) {
  return drawSheet(shown, followIn("place", shown));
}

/**
 * Fills a store later, unless the reader has gone back or forward meanwhile.
 * @param {string} store
 * @param {unknown} data
 */
function followIn(store, data) {
  const here = sinceNow();
  return () => { if (here()) fillStore(store, data); };
}

/** @type {Choice | null} */
let lastChosen = null;

/** What was last chosen to be drawn, on its way or there. */
export function chosen() {
  return lastChosen || state.theme?.choice || null;
}

/** @type {Picked} */
let lastPicked = { territory: null, epci: null, commune: null };

/** What the fields of places show. */
export function picked() {
  return lastPicked;
}

/** @param {Picked} there */
export function showPicked(there) {
  lastPicked = there;
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
 * What was last asked for of each kind, there or not.
 * @type {Map<string, string>}
 */
const brought = new Map();

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
  brought.set(kind, url);
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
 * @param {string} shown
 * @param {() => void} [keep] fills the store of a choice that was made here
 * @returns {Promise<void>}
 */
function drawSheet(shown, keep) {
  return bring("sheet", sheetOf(shown), ({ sheet, trail }) => {
    fill(sheet, "sheet-body");
    fill(trail, "trail");
    beginAtTop(shown);
  }, ({ picked: there, epcis, communes, name }) => {
    keep?.();
    showPicked(there);
    set("territory", { value: there.territory });
    set("epci", { data: epcis, value: there.epci });
    set("commune", { data: communes, value: there.commune });
    set("place-name", { data: name });
  }, () => standInForSheet(shown));
}

/**
 * Store of the place → its sheet, the way to it, what the fields offer; what was chosen here is brought already.
 * @param {string} shown
 */
export async function bringSheet(shown) {
  if (isOwn("place", shown)) return;
  if (brought.get("sheet") !== sheetOf(shown)) await drawSheet(shown);
}

/**
 * @param {Choice} choice
 * @param {() => void} [keep] fills the store of a choice that was made here
 * @returns {Promise<void>}
 */
function drawTheme(choice, keep) {
  lastChosen = choice;
  return bring("theme", themeOf(choice), ({ choice: drawn, theme, legend }) => {
    if (stillHere()) change(drawn);
    showTheme(theme, state.urls);
    fill(legend, "legend");
  }, ({ theme, indicator, measure, levels, level, drawing }) => {
    const then = afterTheme;
    afterTheme = null;
    keep?.();
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
 * Store of the choice → the theme, its legend, what the fields show; what was chosen here is brought already.
 * @param {Choice} choice
 */
export async function bringTheme(choice) {
  if (isOwn("choice", choice)) return;
  if (brought.get("theme") !== themeOf(choice)) await drawTheme(choice);
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
