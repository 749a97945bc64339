/* What lies under one pointer is opened together: two points on one spot and a third two metres away. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "../../browser_stub.js";
import { tellAll } from "../../../../app/map/assets/popups.js";
import { stand, under } from "../../../../app/map/assets/standing.js";

/** Pixels of a degree of latitude at the last zoom of the map, where two metres are a pixel and a half. */
const DEGREE = 75_000;
/** @type {any} */
const map = {
  getContainer: () => ({ dataset: { near: "yes" } }),
  latLngToContainerPoint: (/** @type {number[]} */ [latitude, longitude]) => {
    const [x, y] = [DEGREE * longitude, -DEGREE * latitude];
    return { x, y, distanceTo: (/** @type {{ x: number, y: number }} */ other) => Math.hypot(other.x - x, other.y - y) };
  },
};

window.matchMedia = /** @type {any} */ (() => ({ matches: false }));
/** @type {any} */
let texts = [];

/**
 * @param {string[]} titles
 * @param {number} longitude
 * @param {number} latitude
 */
function standing(titles, longitude, latitude) {
  /** @type {Record<string, () => void>} */
  const listeners = {};
  const layer = { on: (/** @type {string} */ kind, /** @type {() => void} */ work) => { listeners[kind] = work; } };
  const items = titles.map((title) => ({ key: title, title }));
  const feature = {
    geometry: { coordinates: [longitude, latitude] },
    properties: { items, count: items.length, shape: "filled", commune: "Loos", commune_code: "62498" },
  };
  const mark = stand(/** @type {any} */ (feature), /** @type {any} */ (layer), /** @type {any} */ ({ layer: "liste", plural: "points", singular: "Point" }));
  listeners.add();
  return mark;
}

beforeEach(() => {
  texts = [];
  document.createElement = /** @type {any} */ (() => ({
    setAttribute() {}, append: (/** @type {unknown} */ child) => { if (typeof child === "string") texts.push(child); },
  }));
});

test("a mark that covers another opens both, whichever is pressed, and says how many points there are", () => {
  const pair = standing(["Permanence 1", "Permanence 2"], 2.832435, 50.429256);
  const third = standing(["Voisine à 2 m"], 2.832435, 50.429276);
  const far = standing(["Salle D"], 2.84, 50.43);
  assert.deepEqual(under(map, pair), [pair, third]);
  assert.deepEqual(under(map, third), [third, pair]);
  assert.deepEqual(under(map, far), [far]);
  tellAll(under(map, third));
  assert.ok(texts.includes("3\u00a0points sous ce repère"));
  for (const name of ["Permanence 1", "Permanence 2", "Voisine à 2 m"]) assert.ok(texts.includes(name), name);
  assert.ok(!texts.includes("Salle D"));
});

test("a mark alone tells of itself, without a count of marks", () => {
  const alone = standing(["Salle E"], 3, 50);
  tellAll(under(map, alone));
  assert.ok(texts.includes("Salle E"));
  assert.ok(!texts.some((/** @type {string} */ text) => text.includes("sous ce repère")));
});
