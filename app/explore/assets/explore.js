/* What the page Explorer does at the gestures of the map, the search and the shell. */

import { change, changePlace } from "../../assets/address.js";
import { withFields } from "../../assets/late_fields.js";
import { page } from "../../assets/page.js";
import { markOperation, markRow, openTable, refreshTable } from "../../assets/table.js";
import { goTo } from "../../map/assets/place.js";
import { NO_LAYER } from "../../view/assets/keys.js";
import { chooseSheet, expectSheet } from "./answers.js";
import { showClasses } from "./classes.js";
import { openOperation, operationChoice, registerMark } from "./operations.js";
import { chooseField, expectField } from "./pickers.js";
import "./print.js";
import "./share.js";
import "./timeline.js";

Object.assign(page, /** @type {Partial<import("../../assets/types").Page>} */ ({
  expect: expectSheet,
  choose: (shown) => {
    changePlace(shown);
    chooseSheet(shown);
    goTo(shown);
  },
  fieldChosen: chooseField,
  fieldExpected: expectField,
  placeShown: markRow,
  themeShown: (theme) => {
    showClasses(theme);
    refreshTable();
  },
  pointMade: registerMark,
  pointOpened: (layer, item) => { if (layer === "operations") markOperation(item.key); },
  openTable: (open, rows) => {
    change({ table: openTable(open, rows) });
  },
  layersChosen: (layers) => { change({ layers: layers.join(",") || NO_LAYER }); },
  operationChoice,
  openOperation,
  addressOf: (layer, key) => (layer === "operations" ? "./operation/" + encodeURIComponent(key) : ""),
  withFields,
}));
