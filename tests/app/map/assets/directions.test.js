/* Where the arrow keys go on the map. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { DIRECTIONS, nearestTo, nearestTowards } from "../../../../app/map/assets/directions.js";

/** @type {[string, { x: number, y: number }][]} */
const places = [
  ["north", { x: 0, y: -10 }], ["east", { x: 10, y: 0 }], ["far east", { x: 30, y: 1 }], ["south", { x: 1, y: 12 }],
];
const here = { x: 0, y: 0 };

test("each arrow goes its own way on a screen whose y grows downwards", () => {
  assert.equal(nearestTowards(places, here, DIRECTIONS.ArrowUp), "north");
  assert.equal(nearestTowards(places, here, DIRECTIONS.ArrowRight), "east");
  assert.equal(nearestTowards(places, here, DIRECTIONS.ArrowDown), "south");
  assert.equal(nearestTowards(places, here, DIRECTIONS.ArrowLeft), null);
});

test("a detour sideways counts twice", () => {
  /** @type {[string, { x: number, y: number }][]} */
  const two = [["aside", { x: 10, y: 8 }], ["straight", { x: 20, y: 0 }]];
  assert.equal(nearestTowards(two, here, DIRECTIONS.ArrowRight), "straight");
});

test("what lies mostly aside is in another direction", () => {
  assert.equal(nearestTowards([["aside", { x: 4, y: 9 }]], here, DIRECTIONS.ArrowRight), null);
});

test("where one stands is no step", () => {
  assert.equal(nearestTowards([["here", here]], here, DIRECTIONS.ArrowRight), null);
});

test("to begin with, the nearest to the middle", () => {
  assert.equal(nearestTo(places, { x: 9, y: 1 }), "east");
  assert.equal(nearestTo([], here), null);
});
