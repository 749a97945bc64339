/* What a few letters find among names. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { find, makeIndex } from "../../../../app/map/assets/matching.js";

const index = makeIndex([
  { value: "commune:62193", label: "Calais", detail: "", kind: "Communes", weight: 67_000 },
  { value: "commune:62119", label: "Béthune", detail: "", kind: "Communes", weight: 25_000 },
  { value: "commune:62765", label: "Saint-Omer", detail: "", kind: "Communes", weight: 14_000 },
  { value: "commune:62498", label: "Lens", detail: "", kind: "Communes", weight: 32_000 },
  { value: "commune:62667", label: "Le Portel", detail: "", kind: "Communes", weight: 9_000 },
  { value: "epci:200072460", label: "CA de Béthune-Bruay, Artois-Lys Romane", detail: "", kind: "EPCI", weight: 280_000 },
]);

/** @param {string} text */
function labels(text) {
  return find(index, text, null).map((entry) => entry.label);
}

test("a whole name comes before names that begin with it", () => {
  assert.equal(labels("béthune")[0], "Béthune");
  assert.ok(labels("bethune").includes("CA de Béthune-Bruay, Artois-Lys Romane"));
});

test("accents, capitals and hyphens do not matter, nor how « saint » is written", () => {
  for (const text of ["saint-omer", "SAINT OMER", "st omer", "St-Omer"]) assert.equal(labels(text)[0], "Saint-Omer");
});

test("a beginning is enough", () => {
  assert.equal(labels("cal")[0], "Calais");
});

test("a slip of the finger is forgiven in a long word: wrong, missing, swapped", () => {
  for (const text of ["bethume", "betune", "behtune"]) assert.ok(labels(text).includes("Béthune"), text);
});

test("a slip is not forgiven in a short word", () => {
  assert.ok(!labels("lon").includes("Lens"));
});

test("little words may be missing from the name", () => {
  assert.equal(labels("le calais")[0], "Calais");
});

test("only what is kept is given, and blanks find nothing", () => {
  const found = find(index, "bethune", (entry) => entry.value.startsWith("epci:"));
  assert.deepEqual(found.map((entry) => entry.value), ["epci:200072460"]);
  assert.deepEqual(labels("   "), []);
});
