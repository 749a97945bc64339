/* The map without a mouse: arrows go from perimeter to perimeter, Enter selects, P opens points. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { heard } from "../../browser_stub.js";
import { adopt, state } from "../../../../app/assets/core.js";
import { page } from "../../../../app/assets/page.js";
import { openGround } from "../../../../app/map/assets/inside.js";
import { findOutlinesBy } from "../../../../app/map/assets/outlines.js";
import { onKey } from "../../../../app/map/assets/keyboard.js";

/** Longitude and latitude; on the screen of this test a degree is a hundred pixels. */
const MIDDLES = { 1: [2, 50], 2: [3, 50], 3: [2, 51] };
/** @type {string[]} */
let told = [];
/** @type {any[][]} */
let done = [];

function note(/** @type {string} */ what) {
  return (/** @type {any[]} */ ...values) => { done.push([what, ...values]); };
}

/** @type {any} */
const container = { dataset: {}, setAttribute() {}, addEventListener() {} };
/** @type {any} */
const map = {
  getContainer: () => container,
  getPanes: () => ({}),
  on() {},
  whenReady() {},
  latLngToContainerPoint: (/** @type {number[]} */ [lat, lng]) => ({ x: 100 * lng, y: -100 * lat }),
  getSize: () => ({ divideBy: () => ({ x: 210, y: -5010 }) }),
  getBounds: () => ({ pad: () => ({ contains: (/** @type {any} */ at) => at.lng < 2.5 }) }),
  panTo: (/** @type {any} */ at) => { done.push(["look", at.lat, at.lng]); },
  panBy: note("pan"),
  zoomIn: note("in"),
  zoomOut: note("out"),
  closePopup: note("close"),
  eachLayer() {},
  hasLayer: () => false,
};
const said = /** @type {any} */ ({ set textContent(/** @type {string} */ text) { told.push(text); } });
document.getElementById = () => said;
window.L.latLng = /** @type {any} */ ((/** @type {number} */ lat, /** @type {number} */ lng) => ({ lat, lng }));
globalThis.fetch = /** @type {any} */ (async () => ({ ok: true, json: async () => MIDDLES }));
state.urls = { ...state.urls, anchors: { epci: "/ancres" } };
adopt(map);

/**
 * @param {string} key
 * @param {object} [more]
 */
async function press(key, more) {
  let kept = true;
  const event = { key, target: container, preventDefault: () => { kept = false; }, ...more };
  await onKey(map, /** @type {any} */ (event));
  return kept;
}

beforeEach(() => {
  told = [];
  done = [];
  state.active = null;
  state.place = "epci:1";
  state.theme = /** @type {any} */ ({ level: "epci", values: { 1: 4, 2: 5 }, absent: {}, told: {}, said: { inconnu: "donnée non disponible" }, unit: "", unit_of_one: "", decimals: 0 });
  state.zones.zones = new Map(Object.keys(MIDDLES).map((code) => [code, {
    feature: { properties: { name: "CC " + code } },
    fire: (/** @type {string} */ kind) => { if (kind === "mouseout") done.push(["left", code]); },
  }]));
  page.pick = note("pick");
});

test("the first arrow stands on the place that is selected and says its value", async () => {
  assert.equal(await press("ArrowUp"), false, "the page does not scroll");
  assert.equal(state.active, "1");
  assert.match(told[0], /^CC 1, 4/);
});

test("without a place of this level the first arrow stands in the middle of the map", async () => {
  state.place = "commune:62041";
  await press("ArrowLeft");
  assert.equal(state.active, "1");
});

test("arrows go where they point, leave what was, and bring what is out of sight", async () => {
  await press("ArrowRight");
  await press("ArrowRight");
  assert.deepEqual([state.active, done], ["2", [["left", "1"], ["look", 50, 3]]]);
  await press("ArrowLeft");
  await press("ArrowUp");
  assert.equal(state.active, "3");
  assert.match(told.at(-1) || "", /^CC 3, donnée non disponible/);
});

test("where nothing lies in a direction one stays", async () => {
  await press("ArrowUp");
  await press("ArrowDown");
  assert.equal(state.active, "1");
});

test("Enter selects what one stands on, and nothing before", async () => {
  await press("Enter");
  assert.deepEqual(done, []);
  await press("ArrowUp");
  await press("Enter");
  assert.deepEqual(done, [["pick", "epci:1"]]);
});

test("Enter on the perimeter that is open goes over its communes, Escape comes back", async () => {
  const ring = [[1, 49], [2.5, 49], [2.5, 52], [1, 52], [1, 49]];
  const outline = { properties: { code: "1" }, geometry: { type: "Polygon", coordinates: [ring] } };
  state.zones.zones.get("1").feature = { ...outline, properties: { name: "CC 1" } };
  /** @type {string[]} */
  const marked = [];
  state.zones.communes = new Map(["1", "2", "3"].map((code) => [code, {
    feature: { properties: { code, name: "Commune " + code } },
    setStyle() { marked.push(code); return { bringToFront() {} }; },
  }]));
  state.urls.anchors.commune = "/communes";
  findOutlinesBy(async () => /** @type {any} */ (outline));
  await openGround("epci:1");
  await press("ArrowUp");
  await press("Enter");
  assert.deepEqual(done.filter(([what]) => what === "pick"), [], "it is open already");
  assert.match(told.at(-1) || "", /de commune en commune/);
  await press("ArrowUp");
  assert.equal(told.at(-1), "Commune 1");
  await press("ArrowUp");
  assert.equal(told.at(-1), "Commune 3");
  await press("ArrowRight");
  assert.equal(told.at(-1), "Commune 3", "the commune 2 lies in another perimeter");
  assert.deepEqual([...new Set(marked)], ["1", "3"]);
  await press("Enter");
  assert.deepEqual(done.at(-1), ["pick", "commune:3"]);
  await press("Escape");
  assert.equal(state.active, "1");
  await press("ArrowRight");
  assert.match(told.at(-1) || "", /^CC 2/);
});

test("Escape leaves", async () => {
  await press("ArrowUp");
  assert.equal(await press("Escape"), true, "others hear it too");
  assert.equal(state.active, null);
});

test("with Shift an arrow moves the map, plus and minus change its scale", async () => {
  await press("ArrowRight", { shiftKey: true });
  await press("+");
  await press("-");
  assert.deepEqual(done.map(([what]) => what), ["pan", "in", "out"]);
  assert.ok(done[0][1][0] > 0 && done[0][1][1] === 0);
});

test("keys with Alt or Ctrl, or pressed in a popup, are not the map's", async () => {
  for (const more of [{ altKey: true }, { ctrlKey: true }, { target: {} }]) {
    assert.equal(await press("ArrowUp", more), true);
  }
  assert.equal(state.active, null);
});

test("before anything is painted keys do nothing", async () => {
  state.theme = null;
  await press("ArrowUp");
  assert.equal(state.active, null);
});

test("P without a point on the map says so", async () => {
  await press("p");
  assert.deepEqual(told, ["Aucun point n’est affiché ici."]);
});

test("Escape anywhere puts away what is said at the pointer", () => {
  for (const work of heard.get("keydown") || []) work({ key: "Escape", target: { dataset: {} } });
  assert.deepEqual(done, [["close"]]);
});
