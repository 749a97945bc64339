/* What the page at hand does when something is chosen on the map, in the search or in the shell. Each page fills in
   what it has with `Object.assign`; the offline file has hardly anything of it. */

/** @import { Page } from "./types" */

function nothing() {}

/** @type {Page} */
export const page = {
  expect: nothing,
  choose: nothing,
  pick: (place) => { page.choose(place); },
  placeShown: nothing,
  themeShown: nothing,
  pointMade: nothing,
  pointOpened: nothing,
  openTable: nothing,
  operationChoice: () => null,
  tableAsked: () => "",
  openOperation: nothing,
  withFields: (work) => { work(); },
};
