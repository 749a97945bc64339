/* What the page Écarts asks: an address, made of the view that the server last answered and of what was done since,
   so that one may act twice in a row. */

import { announce, set, state } from "../../assets/core.js";
import { byId, changed, element, fieldById, fields, hit, all } from "../../assets/dom.js";

/**
 * @typedef {object} View what is asked, in the words of the address
 * @property {string} service
 * @property {number | string} seuil
 * @property {string} modele
 * @property {string} cible
 * @property {string[][]} sites codes of communes, for each scenario
 * @property {number} scenario the one on the map, from 0
 * @property {number} proposer
 * @property {string} unit of the threshold
 * @property {string} search
 */

const WAIT = 150;
const MOST_SCENARIOS = 4;
const MOST_SITES = 10;

/** @type {View | null} */
let view = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {View} asked */
function searchOf(asked) {
  /** @type {Record<string, string | number>} */
  const parts = { service: asked.service, seuil: asked.seuil, modele: asked.modele, cible: asked.cible };
  const scenarios = asked.sites.map((codes) => codes.join(",")).join("~");
  if (scenarios) parts.sites = scenarios;
  if (asked.scenario) parts.scenario = asked.scenario + 1;
  if (asked.proposer) parts.proposer = asked.proposer;
  return "?" + Object.entries(parts).map(([key, value]) => (
    key + "=" + encodeURIComponent(value).replace(/%2C/g, ",")
  )).join("&");
}

/**
 * @param {Partial<View>} changes
 * @param {boolean} [adopt] the best sites as a scenario
 */
function ask(changes, adopt) {
  clearTimeout(timer);
  if (!view) return;
  view = { ...view, ...changes };
  const search = searchOf(view);
  set("gap-asked", { data: adopt ? { search, adopt: true } : search });
}

/** @param {Partial<View>} changes */
function askSoon(changes) {
  clearTimeout(timer);
  timer = setTimeout(() => { ask(changes); }, WAIT);
}

/* Scenarios. */

/** @param {(codes: string[]) => string[]} change */
function withSites(change) {
  if (!view) return;
  const scenarios = view.sites.length ? view.sites.map((codes) => [...codes]) : [[]];
  const active = Math.min(view.scenario, scenarios.length - 1);
  scenarios[active] = change(scenarios[active]);
  const some = scenarios.some((codes) => codes.length);
  ask({ sites: some ? scenarios : [], scenario: some ? active : 0 });
}

/** @param {string} code */
export function toggleSite(code) {
  withSites((codes) => {
    if (codes.includes(code)) return codes.filter((one) => one !== code);
    if (codes.length < MOST_SITES) return [...codes, code];
    announce("Un scénario a " + MOST_SITES + " sites au plus.");
    return codes;
  });
}

/** @type {Record<string, (view: View, ...values: string[]) => void>} */
const actions = {
  preset: (now, service, threshold) => {
    ask({ service, seuil: Number(threshold), modele: now.unit === "km" ? "vol-d-oiseau" : now.modele });
  },
  scenario: (_, number) => { ask({ scenario: Number(number) }); },
  undo: () => { withSites((codes) => codes.slice(0, -1)); },
  remove: (_, code) => { toggleSite(code); },
  new: (now) => {
    if (now.sites.length >= MOST_SCENARIOS) return;
    ask({ sites: [...now.sites, [...now.sites[now.scenario]]], scenario: now.sites.length });
  },
  drop: (now) => {
    const left = now.sites.filter((_, number) => number !== now.scenario);
    ask({ sites: left, scenario: Math.max(0, now.scenario - 1), proposer: left.length ? now.proposer : 0 });
  },
  propose: () => { ask({ proposer: Number(fieldById("gap-count").value) }, true); },
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
  fieldById("gap-seuil").value = field.value;
  askSoon({ seuil: Number(field.value) });
});

document.addEventListener("change", (event) => {
  const { dataset: { gap: part }, value, id } = changed(event);
  if (!part) return;
  if (part !== "seuil") ask({ [part]: value });
  else if (id === "gap-seuil" && value) ask({ seuil: value });
});

document.addEventListener("submit", (event) => {
  if (changed(event).id !== "gap-add") return;
  event.preventDefault();
  const field = fieldById("gap-commune");
  const name = field.value.trim();
  field.value = "";
  if (name) toggleSite(codeOf(name) || name.replace(/[,~]/g, " "));
});

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
  if (changed(event).id !== "gap-commune") return;
  const list = byId("gap-communes");
  if (list.children.length) return;
  list.replaceChildren(...names().map(([, name]) => element("option", { value: name })));
});

/**
 * Takes up what the server answered for; the fields show it, but for the one that is being written in.
 * @param {View} answered
 */
export function takeUp(answered) {
  view = answered;
  const unit = document.getElementById("gap-unit");
  if (!unit) return;
  unit.textContent = answered.unit;
  for (const field of fields("[data-gap]")) {
    const part = /** @type {keyof View} */ (field.dataset.gap);
    if (field !== document.activeElement) field.value = String(answered[part]);
  }
  for (const button of all(".preset")) {
    button.setAttribute("aria-pressed", String(button.dataset.do?.split(":")[1] === answered.service));
  }
}
