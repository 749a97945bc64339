/* Search: places, contracts and objects by name in any spelling; the index comes after the map. */

import { announce, phone, set, state } from "../../assets/core.js";
import { byId, changed, fieldById } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { showSheetAt } from "../../assets/panels.js";
import { find, makeIndex } from "./matching.js";
import { showLayer } from "./points.js";

/**
 * @import { Entry, Index, Indexed } from "./matching.js"
 * @typedef {{ group: string, items: Indexed[] }} Kind entries of one kind, under its name
 * @typedef {{ shown: string[], level: string, placeholder: string }} Beside
 * @typedef {{ group: string, items: [value: string, label: string, detail: string][], weights?: number[] }} Group
 */

const MOST = 14;
const MOST_OF_A_KIND = 6;
const QUIET = 700;
const LEAVING = 200;

/** @type {Index} */
let index = { entries: [], words: [] };
/** @type {Map<string, Entry>} */
let byValue = new Map();

/**
 * While a place is looked for to stand beside others: only those of the same level are offered.
 * @type {Beside | null}
 */
let beside = null;

/** @param {Entry} entry */
function mayStandBeside(entry) {
  if (!beside) return true;
  return entry.value.startsWith(beside.level) && !entry.value.includes("#") && !beside.shown.includes(entry.value);
}

/** @param {string} text */
function found(text) {
  if (!beside) return find(index, text, null);
  if (!text.trim()) return index.entries.filter(mayStandBeside);
  return find(index, text, mayStandBeside);
}

/**
 * A few of each kind, the kind of the best one first.
 * @param {Indexed[]} entries
 * @returns {Kind[]}
 */
function byKind(entries) {
  /** @type {Map<string, Indexed[]>} */
  const kinds = new Map();
  const most = beside ? 100 : MOST;
  let count = 0;
  for (const entry of entries) {
    const kind = kinds.get(entry.kind) || [];
    if (count >= most) break;
    if (!beside && kind.length >= MOST_OF_A_KIND) continue;
    kinds.set(entry.kind, [...kind, entry]);
    count += 1;
  }
  return [...kinds].map(([group, items]) => ({ group, items }));
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/**
 * Tells those who listen how many there are, when the typing rests.
 * @param {number} count
 * @param {string} text
 */
function tell(count, text) {
  clearTimeout(saying);
  if (!text.trim()) return;
  saying = setTimeout(() => {
    announce(count ? count + (count > 1 ? " résultats." : " résultat.") : "Aucun résultat.");
  }, QUIET);
}

/** @type {{ text: string | null, index: Index, beside: Beside | null, kinds: Kind[] }} */
let last = { text: null, index, beside, kinds: [] };

/**
 * Asked at every drawing of the list, which is more often than the text changes.
 * @param {string} text
 * @returns {Kind[]}
 */
export function search(text) {
  if (last.text === text && last.index === index && last.beside === beside) return last.kinds;
  const kinds = byKind(found(text));
  tell(kinds.reduce((sum, { items }) => sum + items.length, 0), text);
  last = { text, index, beside, kinds };
  return kinds;
}

/** What Mantine calls by name: what its list holds, and how an entry is drawn. */
export const mantineFunctions = {
  /** @param {{ search: string }} asked */
  atlasSearch: (asked) => search(asked.search),

  /** @param {{ option: { value: string, label: string } }} drawn */
  atlasOption: ({ option }) => {
    const h = window.React.createElement;
    const entry = byValue.get(option.value);
    return h("span", { className: "found" },
      h("span", null, option.label),
      h("span", { className: "found-detail" }, entry ? entry.detail : ""));
  },
};

/** @param {string} url */
async function load(url) {
  /** @type {Group[]} */
  const groups = await fetchOnce(url);
  const entries = groups.flatMap(({ group, items, weights }) => items.map(([value, label, detail], rank) => (
    { value, label, detail, kind: group, weight: weights ? weights[rank] : 0 }
  )));
  index = makeIndex(entries);
  byValue = new Map(entries.map((entry) => [entry.value, entry]));
  set("search", { data: groups.map(({ group, items }) => (
    { group, items: items.map(([value, label]) => ({ value, label })) }
  )) });
  document.body.dataset.search = "ready";
}

/**
 * What something written is called, as far as the page knows.
 * @param {string} written
 */
export function nameOf(written) {
  const [level, code] = written.split(":");
  const outline = state.zones[level === "commune" ? "communes" : "zones"].get(code)?.feature;
  return byValue.get(written)?.label || outline?.properties.name || "Fiche demandée";
}

/** @param {Entry} entry */
function goTo(entry) {
  const [place, object] = entry.value.split("#");
  if (object) {
    const [layer, key] = object.split("/");
    state.opening = key;
    showLayer(layer);
  } else if (place.startsWith("qpv:")) showLayer("qpv");
  page.choose(beside ? [...beside.shown, place].join(",") : place);
  if (phone()) {
    showSheetAt("half");
    byId("sheet").focus();
  }
}

function stopComparing() {
  if (!beside) return;
  set("search", { placeholder: beside.placeholder });
  beside = null;
}

/**
 * Looks for a place to stand beside those that are shown, with the box that finds all places.
 * @param {string} shown
 */
export function searchBeside(shown) {
  page.withFields(() => {
    const box = fieldById("search");
    beside = { shown: shown.split(","), level: shown.split(":")[0] + ":", placeholder: box.placeholder };
    set("search", { placeholder: "Comparer avec…" });
    box.focus();
    box.click();
  });
}

/** Enter takes the marked entry, or the first: entries that came after the typing have no mark. */
document.addEventListener("keydown", (event) => {
  if (changed(event).id !== "search") return;
  if (event.key === "Escape") stopComparing();
  if (event.key !== "Enter") return;
  const option = document.querySelector("#menus [data-combobox-selected]")
    || document.querySelector("#menus [role=option]");
  if (!(option instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  option.click();
}, { capture: true });

document.addEventListener("focusout", (event) => {
  if (changed(event).id !== "search") return;
  setTimeout(() => { if (document.activeElement?.id !== "search") stopComparing(); }, LEAVING);
});

/**
 * Fills the box as soon as it is one.
 * @param {string} url
 */
export function loadSearch(url) {
  const fill = () => { load(url).catch(() => { announce("La recherche n’est pas disponible."); }); };
  document.addEventListener("fields", fill, { once: true });
  document.addEventListener("focusin", (event) => {
    if (changed(event).id === "search" && !byValue.size) fill();
  });
}

/**
 * An entry chosen → the place it is or lies in; the box is emptied for the next search.
 * @param {string | null} value
 */
export function goToFound(value) {
  const entry = value && byValue.get(value);
  if (!entry) return;
  goTo(entry);
  stopComparing();
  set("search", { value: null });
}
