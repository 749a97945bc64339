/* What the browser asks the server for at a choice, and what it does with the answers. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { heard as events, settings, travel } from "../../browser_stub.js";
import { heard } from "../../../../app/assets/late_fields.js";
import { page } from "../../../../app/assets/page.js";
import {
  bringSheet, bringTheme, chooseSheet, chooseTheme, chosen, expectSheet, picked, sheetOf, themeOf,
} from "../../../../app/explore/assets/answers.js";
import { chooseField, expectField } from "../../../../app/explore/assets/pickers.js";

const SHEET = { sheet: ["p", {}, []], trail: [], epcis: [], communes: [], picked: {}, name: "Calais" };
/** @type {string[]} */
const asked = [];
/** @type {Map<string, (answer: any) => void>} */
const waiting = new Map();

/** @param {unknown} answer */
function json(answer) {
  return { ok: true, status: 200, json: async () => answer };
}

globalThis.fetch = /** @type {any} */ ((/** @type {string} */ url) => {
  asked.push(url);
  return new Promise((done) => { waiting.set(url, done); });
});

test("a choice is an address; what is not chosen is not in it", () => {
  const choice = {
    indicator: "eleves", level: "commune", drawing: null, method: "jenks", classes: "5", bounds: null, palette: null,
  };
  assert.equal(themeOf(choice), "/choix/theme?indicateur=eleves&niveau=commune&methode=jenks&classes=5");
  assert.equal(sheetOf("commune:62193"), "/choix/fiche?lieu=commune:62193");
  assert.equal(sheetOf("epci:1,epci:2,epci:3"), "/choix/fiche?lieu=epci:1&comparer=epci:2,epci:3");
});

test("what was asked for at the press is not asked for again at the release", async () => {
  const before = asked.length;
  expectSheet("commune:62193");
  const brought = bringSheet("commune:62193");
  assert.equal(asked.length, before + 1);
  waiting.get(asked[before])?.(json(SHEET));
  const so_far = settings.length;
  await brought;
  const written = settings.slice(so_far).map(([id]) => id);
  assert.deepEqual(written, ["territory", "epci", "commune", "place-name"]);
});

test("an answer that fails is told, changes no field, and can be asked for again", async () => {
  const before = asked.length;
  const written = settings.length;
  const brought = bringSheet("commune:62041");
  waiting.get(asked[before])?.({ ok: false, status: 500 });
  await brought;
  assert.equal(settings.length, written);
  const again = chooseSheet("commune:62041");
  assert.equal(asked.length, before + 2);
  waiting.get(asked[before + 1])?.(json(SHEET));
  await again;
});

test("an answer fills its fields, and the theme before them", async () => {
  const before = asked.length;
  const choice = {
    indicator: "eleves", level: "epci", drawing: null, method: null, classes: null, bounds: null, palette: null,
  };
  const brought = bringTheme(choice);
  const written = settings.length;
  waiting.get(asked[before])?.(json({
    theme: null, legend: [], indicator: "i", measure: "m", levels: ["l"], level: "epci", drawing: "d",
  }));
  await brought;
  assert.deepEqual(settings.slice(written), [
    ["theme", { data: null }], ["indicator", { value: "i" }], ["measure", { value: "m" }],
    ["level", { data: ["l"], value: "epci" }], ["drawing", { value: "d" }],
  ]);
});

test("of two choices the last one is drawn, whichever answer comes first; the other writes nothing", async () => {
  const before = asked.length;
  const first = bringSheet("epci:200072460");
  const second = bringSheet("epci:200090751");
  const written = settings.length;
  waiting.get(asked[before + 1])?.(json({ ...SHEET, name: "deuxième" }));
  await second;
  waiting.get(asked[before])?.(json({ ...SHEET, name: "première" }));
  await first;
  const names = settings.slice(written).filter(([id]) => id === "place-name").map(([, props]) => props.data);
  assert.deepEqual(names, ["deuxième"]);
});

const CHOICE = { level: "epci", drawing: null, method: null, classes: null, bounds: "9 ; 1", palette: null };
const THEME = { theme: null, legend: [], indicator: "i", measure: "m", levels: ["l"], level: "epci", drawing: "d" };

test("what was chosen is written as the server understood it, when it is drawn", async () => {
  const before = asked.length;
  const brought = chooseTheme({ ...CHOICE, indicator: "fit" });
  assert.equal(window.location.search, "");
  waiting.get(asked[before])?.(json({ ...THEME, choice: { ...CHOICE, indicator: "fit", bounds: "1,9" } }));
  await brought;
  assert.equal(window.location.search, "?indicateur=fit&bornes=1,9");
});

test("what was chosen is not written when the reader has gone back before it is there", async () => {
  const before = asked.length;
  const choice = { ...CHOICE, indicator: "population" };
  const brought = chooseTheme(choice);
  travel("?lieu=epci:1");
  waiting.get(asked[before])?.(json({ ...THEME, choice }));
  await brought;
  assert.equal(window.location.search, "?lieu=epci:1");
});

test("what nobody chose is drawn and not written", async () => {
  const before = asked.length;
  const choice = { ...CHOICE, indicator: "eleves", bounds: null };
  const brought = bringTheme({ ...choice, level: "canton" });
  waiting.get(asked[before])?.(json({ ...THEME, choice }));
  await brought;
  assert.equal(window.location.search, "?lieu=epci:1");
});

test("what was chosen here is drawn once: the store that follows brings nothing", async () => {
  const choice = { ...CHOICE, indicator: "menages", bounds: null };
  const before = asked.length;
  const brought = chooseTheme(choice);
  assert.equal(asked.length, before + 1);
  waiting.get(asked[before])?.(json({ ...THEME, choice }));
  await brought;
  const written = settings.length;
  await bringTheme({ ...choice });
  assert.equal(settings.length, written);
  assert.ok(settings.some(([id, props]) => id === "choice" && props.data === choice));
});

test("a store that tells late of a choice does not undo the next one", async () => {
  const names = () => settings.filter(([id]) => id === "place-name").map(([, props]) => props.data);
  const before = asked.length;
  const first = chooseSheet("epci:246200299");
  waiting.get(asked[before])?.(json({ ...SHEET, name: "première" }));
  await first;
  const second = chooseSheet("epci:246201016");
  await bringSheet("epci:246200299");
  waiting.get(asked[before + 1])?.(json({ ...SHEET, name: "deuxième" }));
  await second;
  assert.equal(asked.length, before + 2);
  assert.equal(names().at(-1), "deuxième");
  assert.deepEqual(settings.filter(([id]) => id === "place").at(-1)?.[1], { data: "epci:246201016" });
  await bringSheet("epci:246201016");
  // back to the first: that is no filling of ours
  const back = bringSheet("epci:246200299");
  await back;
  assert.equal(names().at(-1), "première");
});

test("a store that says another choice, back or forward, is drawn", async () => {
  const before = asked.length;
  const brought = bringTheme({ ...CHOICE, indicator: "revenu", bounds: null });
  assert.equal(asked.length, before + 1);
  waiting.get(asked[before])?.(json(THEME));
  await brought;
  assert.equal(chosen()?.indicator, "revenu");
});

test("a store follows no choice that the reader has left", async () => {
  const choice = { ...CHOICE, indicator: "logements", bounds: null };
  const brought = chooseTheme(choice);
  travel("?lieu=epci:2");
  waiting.get(asked[asked.length - 1])?.(json({ ...THEME, choice }));
  await brought;
  await new Promise((done) => { setTimeout(done, 150); });
  assert.ok(!settings.some(([id, props]) => id === "choice" && props.data === choice));
});

test("another indicator keeps the level, in its usual drawing", () => {
  chooseTheme({ ...CHOICE, indicator: "fit", level: "canton", drawing: "cercles" });
  chooseField("indicator", "population");
  const { indicator, level, drawing, bounds } = /** @type {any} */ (chosen());
  assert.deepEqual([indicator, level, drawing, bounds], ["population", "canton", null, null]);
  chooseField("level", "epci");
  chooseField("drawing", "aplats");
  assert.deepEqual([chosen()?.level, chosen()?.drawing, chosen()?.indicator], ["epci", "aplats", "population"]);
});

test("an emptied field of places leaves what the wider ones say", async () => {
  const shown = { territory: "territoire:calaisis", epci: "epci:3", commune: "commune:62510" };
  const brought = chooseSheet("commune:62510");
  const open = waiting.get(sheetOf("commune:62510"));
  open?.(json({ ...SHEET, picked: shown }));
  await brought;
  /** @type {string[]} */
  const went = [];
  page.choose = (place) => { went.push(place); };
  assert.deepEqual(picked(), shown);
  for (const step of ["commune", "epci", "territory"]) chooseField(step, null);
  chooseField("epci", "epci:7");
  assert.deepEqual(went, ["epci:3", "territoire:calaisis", "departement:62", "epci:7"]);
});

test("a value that the page puts into a field is no choice; one that somebody chooses is, before Dash hears of it", () => {
  /** @type {unknown[]} */
  const told = [];
  page.fieldChosen = (field, value) => { told.push([field, value]); };
  const props = { id: "level", value: "epci", setProps: (/** @type {unknown} */ changed) => { told.push(changed); } };
  heard(props).setProps?.({ value: "epci" });
  heard(props).setProps?.(/** @type {any} */ ({ searchValue: "c" }));
  heard(props).setProps?.({ value: "canton" });
  assert.deepEqual(told, [{ value: "epci" }, { searchValue: "c" }, ["level", "canton"], { value: "canton" }]);
});

/** @param {string} value */
function option(value) {
  const made = new Element();
  return Object.assign(made, {
    closest: () => made, hasAttribute: () => false, getAttribute: () => value,
  });
}

test("what is under the pointer in a list is asked for, one at a time", async () => {
  document.querySelector = /** @type {any} */ (() => ({ id: "indicator" }));
  page.fieldExpected = expectField;
  const hover = (/** @type {string} */ value) => {
    for (const work of events.get("pointerover") || []) work({ target: option(value) });
  };
  const before = asked.length;
  for (const value of ["pharmacies", "gares", "mairies"]) hover(value);
  assert.equal(asked.length, before + 1);
  assert.match(asked[before], /indicateur=pharmacies/);
  waiting.get(asked[before])?.({ ok: false, status: 500 });
  await new Promise((done) => { setTimeout(done, 0); });
  hover("mairies");
  assert.equal(asked.length, before + 2);
  assert.match(asked[before + 1], /indicateur=mairies/);
});
