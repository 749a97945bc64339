/* The pages with a map, Explorer and Écarts: everything that Dash, dash-leaflet, Mantine and AG Grid call by name
   is put on the window here, and nowhere else. */

import { checkAddress, restoreFrame } from "./address.js";
import { tellComboboxes } from "./combobox.js";
import { set, state, titlePage } from "./core.js";
import { fill } from "./dom.js";
import "./late_fields.js";
import "./layout.js";
import { page } from "./page.js";
import { announcePlace } from "./shell.js";
import { chooseRow, gridCells, gridFunctions, showTableKind } from "./table.js";
import { bringSheet, bringTheme, showPicked } from "../explore/assets/answers.js";
import "../explore/assets/explore.js";
import "../first_frame/assets/take_over.js";
import { showOperations } from "../explore/assets/operations.js";
import { offerTour } from "../explore/assets/tour.js";
import { bandStyle, fillAnswer, showGaps } from "../gaps/assets/gaps.js";
import { backgroundStyle, communeStyle, departementLimit, epciLimit, zoneStyle } from "../map/assets/fills.js";
import "../map/assets/keyboard.js";
import { showPlace, showTheme } from "../map/assets/place.js";
import { cluster } from "../map/assets/many.js";
import { eachPoint, point, showLayers } from "../map/assets/points.js";
import { loadSearch } from "../map/assets/found.js";
import { eachCommune, eachLine, eachZone } from "../map/assets/zones.js";

/** @import { Choice, Urls } from "./types" */

/**
 * What is done once, when the layout is there.
 * @param {Urls} urls
 * @param {string} seen the query that the layout was made for
 * @param {string} written the same view as we write it
 * @param {string} name of the place
 * @param {import("../explore/assets/answers.js").Picked} picked what the fields of places show
 */
function start(urls, seen, written, name, picked) {
  titlePage(name);
  if (picked) showPicked(picked);
  checkAddress(seen, written);
  loadSearch(urls.search);
  tellComboboxes();
}

/** Functions that app/map/map.py names: how outlines and points are drawn. */
const drawing = {
  backgroundStyle, bandStyle, communeStyle, departementLimit, eachCommune, eachLine, eachZone, epciLimit, zoneStyle,
  cluster, eachPoint, point,
};

/** For those who watch or lead the page from outside: tests and measures. */
const hands = {
  state,
  set,
  choose: (/** @type {string} */ shown) => { page.choose(shown); },
  openOperation: (/** @type {string} */ key) => { page.openOperation(key); },
};

/** Functions that the callbacks of Explorer and Écarts name. */
const callbacks = {
  announce_place: announcePlace,
  bring_sheet: (/** @type {string} */ shown) => { bringSheet(shown); },
  bring_theme: (/** @type {Choice} */ choice) => { bringTheme(choice); },
  choose_row: chooseRow,
  fill,
  fill_answer: fillAnswer,
  offer_tour: offerTour,
  restore_frame: restoreFrame,
  show_gaps: showGaps,
  show_layers: showLayers,
  show_operations: showOperations,
  show_place: showPlace,
  show_table_kind: showTableKind,
  show_theme: showTheme,
  start,
};

/** @type {["dash_clientside" | "dashExtensions" | "dashAgGridFunctions" | "dashAgGridComponentFunctions", object][]} */
const named = [
  ["dash_clientside", { atlas: callbacks }],
  ["dashExtensions", { atlas: { ...drawing, ...hands } }],
  ["dashAgGridFunctions", gridFunctions],
  ["dashAgGridComponentFunctions", gridCells],
];
for (const [name, functions] of named) window[name] = Object.assign(window[name] || {}, functions);
