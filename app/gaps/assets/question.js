/* What the page Écarts asks: an address, made of the view that the server last answered and of what was done since,
   so that one may act twice in a row. */

import { change, sinceNow } from "../../assets/address.js";
import { announce, set, state } from "../../assets/core.js";
import { byId, changed, element, fieldById, fields, hit, all } from "../../assets/dom.js";
import { everyStanding } from "../../map/assets/standing.js";
import { CLOSES, GAPS, MOST_SCENARIOS, MOST_SITES, MOST_TOGETHER } from "../../view/assets/keys.js";
import { searchOf, textsOf } from "./view.js";

/** @import { View } from "./view.js" */

const WAIT = 150;
const USUAL_MODEL = GAPS.find((key) => key.part === "model")?.usual || "";

/** @type {View | null} */
let view = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Whether what was asked last was asked on the view that the address still writes. */
let stillHere = () => false;

/**
 * @param {Partial<View>} changes
 * @param {boolean} [adopt] the best sites as a scenario
 */
function ask(changes, adopt) {
  clearTimeout(timer);
  if (!view) return;
  view = { ...view, ...changes };
  stillHere = sinceNow();
  const search = searchOf(view);
  set("gap-asked", { data: adopt ? { search, adopt: true } : search });
}

/** @param {Partial<View>} changes */
function askSoon(changes) {
  clearTimeout(timer);
  timer = setTimeout(() => { ask(changes); }, WAIT);
}

/* Scenarios. */

/** @param {(codes: string[]) => string[]} alter */
function withSites(alter) {
  if (!view) return;
  const scenarios = view.scenarios.length ? view.scenarios.map((codes) => [...codes]) : [[]];
  const active = Math.min(view.active, scenarios.length - 1);
  scenarios[active] = alter(scenarios[active]);
  const some = scenarios.some((codes) => codes.length);
  ask({ scenarios: some ? scenarios : [], active: some ? active : 0 });
}

/** @param {string} code */
export function toggleSite(code) {
  withSites((codes) => {
    if (codes.includes(code)) return codes.filter((one) => one !== code);
    if (codes.length < MOST_SITES) return [...codes, code];
    announce("Un scénario a " + MOST_SITES + " changements au plus.");
    return codes;
  });
}

/**
 * The changes of the scenario on the map.
 * @returns {string[]}
 */
export function changes() {
  return view?.scenarios[view.active] || [];
}

/**
 * A basket as it may be: the first ones where it is too large.
 * @param {View} now
 */
function basket(now) {
  const chosen = fields("[data-also]").filter((box) => box.checked).map((box) => box.value);
  const others = chosen.filter((service) => service !== now.service);
  if (others.length >= MOST_TOGETHER) announce("Un panier a " + MOST_TOGETHER + " services au plus.");
  ask({ also: others.slice(0, MOST_TOGETHER - 1) });
}

/** @type {Record<string, (view: View, ...values: string[]) => void>} */
const actions = {
  preset: (now, service, threshold) => {
    ask({ service, also: [], threshold: Number(threshold), model: now.unit === "km" ? USUAL_MODEL : now.model });
  },
  scenario: (_, number) => { ask({ active: Number(number) }); },
  undo: () => { withSites((codes) => codes.slice(0, -1)); },
  remove: (_, ...word) => { toggleSite(word.join(":")); },
  around: (_, ...word) => { ask({ around: word.join(":") }); },
  new: (now) => {
    if (now.scenarios.length >= MOST_SCENARIOS) return;
    ask({ scenarios: [...now.scenarios, [...now.scenarios[now.active]]], active: now.scenarios.length });
  },
  drop: (now) => {
    const left = now.scenarios.filter((_, number) => number !== now.active);
    ask({ scenarios: left, active: Math.max(0, now.active - 1), proposed: left.length ? now.proposed : 0 });
  },
  propose: () => {
    const [proposed, smallest] = ["gap-count", "gap-smallest"].map((id) => Number(fieldById(id).value));
    ask({ proposed, smallest, candidates: fieldById("gap-candidates").value }, true);
  },
};

document.addEventListener("click", (event) => {
  const does = hit(event, "[data-do]")?.dataset.do;
  if (!does || !view) return;
  const [action, ...values] = does.split(":");
  actions[action](view, ...values);
});

document.addEventListener("input", (event) => {
  const field = changed(event);
  if (field.id !== "gap-slide") return;
  fieldById("gap-threshold").value = field.value;
  askSoon({ threshold: Number(field.value) });
});

document.addEventListener("change", (event) => {
  const { dataset: { gap: part, also }, value, id } = changed(event);
  if (also && view) basket(view);
  if (!part) return;
  if (part === "service") ask({ service: value, also: view?.also.filter((one) => one !== value) });
  else if (part === "neighbours") ask({ neighbours: value ? [value] : [] });
  else if (part !== "threshold") ask({ [part]: value });
  else if (id === "gap-threshold" && value) ask({ threshold: value });
});

document.addEventListener("submit", (event) => {
  const form = changed(event).id;
  if (form !== "gap-add" && form !== "gap-close") return;
  event.preventDefault();
  const field = fieldById(form === "gap-add" ? "gap-commune" : "gap-place");
  const name = field.value.trim();
  field.value = "";
  if (!name) return;
  if (form === "gap-add") toggleSite(codeOf(name) || name.replace(/[,~:]/g, " "));
  else closeNamed(name);
});

/** @param {string} name */
function closeNamed(name) {
  const found = [...placesOnMap()].find(([known]) => known.toLowerCase() === name.toLowerCase());
  if (found) toggleSite(CLOSES + found[1]);
  else announce("Aucun lieu du service ne s’appelle « " + name + " ».");
}

/* The names of communes are with their outlines: they are offered when the field is first entered. */

/** @returns {[code: string, name: string][]} */
function names() {
  return [...state.zones.communes].map(([code, layer]) => [code, layer.feature.properties.name]);
}

/** @param {string} name */
function codeOf(name) {
  const found = names().find(([, known]) => known.toLowerCase() === name.toLowerCase());
  return found ? found[0] : null;
}

document.addEventListener("focusin", (event) => {
  const { id } = changed(event);
  if (id !== "gap-commune" && id !== "gap-place") return;
  const communes = id === "gap-commune";
  const list = byId(communes ? "gap-communes" : "gap-places");
  if (list.children.length) return;
  const known = communes ? names().map(([, name]) => name) : [...placesOnMap().keys()];
  list.replaceChildren(...known.map((name) => element("option", { value: name })));
});

/** @type {Record<string, string>} */
let words = {};

/**
 * The word that an address calls a place by.
 * @param {string} layer
 * @param {string} key
 */
export function wordOf(layer, key) {
  const plain = layer + ":" + key;
  return words[plain] || plain;
}

/** The words of the places on the map, by title and commune. */
function placesOnMap() {
  return new Map(everyStanding().flatMap(({ feature, hideout }) => feature.properties.items.map((one) => /** @type {[string, string]} */ ([
    one.title + " (" + feature.properties.commune + ")", wordOf(hideout.layer, one.key),
  ]))));
}

/**
 * Takes up what the server answered for; the fields show it, but for the one that is being written in.
 * @param {View} answered
 * @param {Record<string, string>} odd words of the places whose key an address could not hold
 */
export function takeUp(answered, odd) {
  view = answered;
  words = odd;
  if (stillHere()) change(textsOf(answered));
  const unit = document.getElementById("gap-unit");
  if (!unit) return;
  unit.textContent = answered.unit;
  for (const field of fields("[data-gap]")) {
    const part = /** @type {keyof View} */ (field.dataset.gap);
    if (field !== document.activeElement) field.value = String(answered[part]);
  }
  for (const box of fields("[data-also]")) {
    box.checked = answered.also.includes(box.value);
    box.disabled = box.value === answered.service;
  }
  for (const button of all(".preset")) {
    button.setAttribute("aria-pressed", String(button.dataset.do?.split(":")[1] === answered.service));
  }
}
