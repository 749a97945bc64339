/* What the page Écarts asks: an address, made of the view that the server last answered and of what was done since,
   so that one may act twice in a row. */

import { change, sinceNow } from "../../assets/address.js";
import { announce, set, state } from "../../assets/core.js";
import { byId, changed, element, fieldById, fields, hit, all } from "../../assets/dom.js";
import { GAPS, MOST_SCENARIOS, MOST_SITES } from "../../view/assets/keys.js";
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
    announce("Un scénario a " + MOST_SITES + " sites au plus.");
    return codes;
  });
}

/** @type {Record<string, (view: View, ...values: string[]) => void>} */
const actions = {
  preset: (now, service, threshold) => {
    ask({ service, threshold: Number(threshold), model: now.unit === "km" ? USUAL_MODEL : now.model });
  },
  scenario: (_, number) => { ask({ active: Number(number) }); },
  undo: () => { withSites((codes) => codes.slice(0, -1)); },
  remove: (_, code) => { toggleSite(code); },
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
    ask({ proposed, smallest }, true);
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
  const { dataset: { gap: part }, value, id } = changed(event);
  if (!part) return;
  if (part !== "threshold") ask({ [part]: value });
  else if (id === "gap-threshold" && value) ask({ threshold: value });
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
  if (stillHere()) change(textsOf(answered));
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
