/* What the page at hand does when something is chosen on the map, in the search or in the shell. Each page fills in
   what it has with `Object.assign`; the offline file has hardly anything of it. */

import { EXPLORER } from "../view/assets/keys.js";

/** @import { Page } from "./types" */

function nothing() {}

/** @type {Page} */
export const page = {
  keys: EXPLORER,
  expect: nothing,
  choose: nothing,
  fieldChosen: nothing,
  fieldExpected: nothing,
  pick: (place) => { page.choose(place); },
  placeShown: nothing,
  themeShown: nothing,
  pointMade: nothing,
  pointOpened: nothing,
  openTable: nothing,
  layersChosen: nothing,
  operationChoice: () => null,
  tableAsked: () => "",
  openOperation: nothing,
  addressOf: () => "",
  actionsOn: () => [],
  withFields: (work) => { work(); },
};
