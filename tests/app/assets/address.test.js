/* The address bar: what is chosen is written in it, whoever goes back finds what was left. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { settings, travel, visited } from "../browser_stub.js";
import { change, changePlace, checkAddress, restoreFrame, sinceNow } from "../../../app/assets/address.js";
import { adopt, state } from "../../../app/assets/core.js";

/** @type {Map<string, () => void>} */
const moves = new Map();
/** @type {[string, any][]} */
const framed = [];
const container = { addEventListener: (/** @type {string} */ kind, /** @type {() => void} */ work) => { moves.set(kind, work); } };
const map = {
  zoom: 9, lat: 50.5, lng: 2.25,
  on: (/** @type {string} */ kind, /** @type {() => void} */ work) => { moves.set(kind, work); },
  getContainer: () => container,
  getZoom: () => map.zoom,
  getCenter: () => map,
  setView: (/** @type {any} */ centre, /** @type {number} */ zoom) => { framed.push([String(centre), zoom]); },
};
adopt(/** @type {any} */ (map));

function search() {
  return window.location.search;
}

/** @param {string} query */
function open(query) {
  travel(query);
  checkAddress(query.replace("?", ""), query);
  visited.length = 0;
  settings.length = 0;
  Object.assign(state, { guided: false, touched: false, free: false });
}

beforeEach(() => { open(""); });

test("what is chosen is written in its place among what was there, one step of the history each time", () => {
  open("?lieu=epci:1&couches=qpv&vue=9,50.5000,2.2500");
  change({ indicator: "eleves", method: "jenks" });
  change({ table: "operations" });
  assert.equal(search(), "?lieu=epci:1&indicateur=eleves&methode=jenks&tableau=operations&couches=qpv&vue=9,50.5000,2.2500");
  assert.equal(visited.length, 2);
});

test("what is there already is no step of the history", () => {
  open("?couches=qpv");
  change({ layers: "qpv", table: null, level: "epci" });
  assert.deepEqual(visited, []);
});

test("the usual view has no query", () => {
  open("?couches=qpv&niveau=commune");
  change({ layers: "operations", level: "epci" });
  assert.deepEqual([search(), visited], ["", ["/"]]);
});

test("another place leaves the map to find its way; the same one leaves it where it is", () => {
  open("?lieu=epci:1&indicateur=eleves&vue=9,50.5000,2.2500");
  changePlace("epci:1");
  assert.deepEqual(visited, []);
  changePlace("epci:1,epci:2,epci:3");
  assert.equal(search(), "?lieu=epci:1&comparer=epci:2,epci:3&indicateur=eleves");
  changePlace("departement:62");
  assert.equal(search(), "?indicateur=eleves");
  open("?vue=9,50.5000,2.2500");
  changePlace("departement:62");
  assert.deepEqual(visited, []);
});

test("a move by hand is written over the step it was made in, one of the page's own is not", () => {
  moves.get("moveend")?.();
  assert.equal(search(), "");
  state.guided = true;
  moves.get("pointerdown")?.();
  moves.get("moveend")?.();
  assert.equal(search(), "");
  Object.assign(map, { zoom: 9.2, lat: 50.123456, lng: 2 });
  moves.get("moveend")?.();
  assert.deepEqual([search(), visited, state.free], ["?vue=9.25,50.1235,2.0000", [], true]);
  Object.assign(map, { lat: 53 });
  moves.get("moveend")?.();
  assert.equal(search(), "", "no address may look there");
});

test("an answer to what was left by going back is late", () => {
  const here = sinceNow();
  assert.ok(here());
  travel("?lieu=epci:1");
  assert.ok(!here());
  assert.ok(sinceNow()());
});

test("back and forward are read by the server, a skip link is not", () => {
  change({ layers: "qpv" });
  travel("?couches=qpv");
  assert.equal(settings.length, 0);
  travel("?lieu=epci:1");
  assert.equal(settings.length, 1);
  assert.deepEqual(settings[0][1], { data: "?lieu=epci:1" });
  assert.ok(state.restoring);
  travel("?lieu=epci:1");
  assert.equal(settings.length, 1);
  change({ table: "territoires" });
  assert.equal(search(), "?lieu=epci:1&tableau=territoires", "of what was left nothing stays");
});

test("an address in other words is the same view, and the next one is in ours", () => {
  travel("?couches=qpv&lieu=arras&utm_source=x");
  checkAddress("couches=qpv&lieu=arras&utm_source=x", "?lieu=commune:62041&couches=qpv");
  visited.length = 0;
  change({ layers: "qpv" });
  assert.deepEqual(visited, []);
  change({ table: "operations" });
  assert.equal(search(), "?lieu=commune:62041&tableau=operations&couches=qpv");
});

test("an address that the layout was not made for is read", () => {
  travel("?lieu=arras");
  settings.length = 0;
  checkAddress("", "");
  assert.deepEqual(settings.map(([, props]) => props), [{ data: "?lieu=arras" }]);
  restoreFrame({ view: "10.5,50.9,1.9", bounds: null, written: "?lieu=commune:62041" });
  assert.deepEqual(framed.pop(), ["50.9,1.9", 10.5]);
  change({ layers: "qpv" });
  assert.equal(search(), "?lieu=commune:62041&couches=qpv");
});

test("what was chosen before the server had read the address stays chosen", () => {
  travel("?lieu=arras");
  change({ layers: "qpv" });
  restoreFrame({ view: "10.5,50.9,1.9", bounds: null, written: "?lieu=commune:62041" });
  change({ table: "operations" });
  assert.equal(search(), "?lieu=arras&tableau=operations&couches=qpv");
});
