/* What the page Explorer does at the gestures of the map, the search and the shell. */

import { writePlace } from "../../assets/address.js";
import { state } from "../../assets/core.js";
import { withFields } from "../../assets/late_fields.js";
import { page } from "../../assets/page.js";
import { markOperation, markRow, openTable, refreshTable } from "../../assets/table.js";
import { choose } from "../../map/assets/place.js";
import { expectSheet } from "./answers.js";
import { showClasses } from "./classes.js";
import { openOperation, operationChoice, registerMark } from "./operations.js";
import "./print.js";
import "./share.js";
import "./timeline.js";

Object.assign(page, /** @type {Partial<import("../../assets/types").Page>} */ ({
  expect: expectSheet,
  choose,
  placeShown: (shown, same) => {
    if (!same && !state.restoring) writePlace(shown);
    markRow();
  },
  themeShown: (theme) => {
    showClasses(theme);
    refreshTable();
  },
  pointMade: registerMark,
  pointOpened: (layer, item) => { if (layer === "operations") markOperation(item.key); },
  openTable,
  operationChoice,
  openOperation,
  withFields,
}));
