/* The names of the first frame stay on the map of the scripts until the reader does something. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { heard } from "../../browser_stub.js";
import { namesInFrame, readNames } from "../../../../app/map/assets/names_in_frame.js";

/**
 * @param {string[]} rows
 * @param {number} left
 * @param {number} width none where a rule hides the name
 */
function label(rows, left, width) {
  const texts = rows.map((textContent, rank) => ({
    textContent,
    getBoundingClientRect: () => ({ left, right: left + width, top: rank * 10, bottom: rank * 10 + 10, width }),
  }));
  return { querySelectorAll: () => texts };
}

const frame = /** @type {any} */ ({
  querySelector: () => ({ getBoundingClientRect: () => ({ left: 100, top: 0 }) }),
  querySelectorAll: () => [label(["Calais"], 150, 40), label(["CC Pays", "d’Opale"], 300, 60), label(["Marck"], 0, 0)],
});

/**
 * @param {number} zoom
 * @param {number} longitude
 */
function map(zoom, longitude) {
  return /** @type {any} */ ({ getCenter: () => ({ lat: 50.5, lng: longitude }), getZoom: () => zoom });
}

test("only names that the frame shows are read, those of several lines whole, at their middles on the map", () => {
  assert.deepEqual([...readNames(frame)], [["Calais", { x: 70, y: 5 }], ["CC Pays d’Opale", { x: 230, y: 10 }]]);
});

test("they are kept while the map shows the same, and let go for another view or at the first press", () => {
  document.getElementById = /** @type {any} */ (() => null);
  assert.equal(namesInFrame(map(9, 2.3)), null);
  document.getElementById = /** @type {any} */ (() => frame);
  assert.deepEqual([...namesInFrame(map(9, 2.3))?.keys() || []], ["Calais", "CC Pays d’Opale"]);
  document.getElementById = /** @type {any} */ (() => null);
  assert.ok(namesInFrame(map(9, 2.3)));
  assert.equal(namesInFrame(map(9.25, 2.3)), null);
  assert.equal(namesInFrame(map(9, 2.4)), null);
  for (const work of heard.get("pointerdown") || []) work(/** @type {any} */ ({}));
  assert.equal(namesInFrame(map(9, 2.3)), null);
});
