/* Search: places, contracts and objects by name in any spelling; the names come when somebody looks for one. */

import { announce, state } from "../../assets/core.js";
import { fetchOnce } from "../../assets/files.js";
import { find, makeIndex } from "./matching.js";

/**
 * @import { Entry, Index, Indexed } from "./matching.js"
 * @typedef {{ group: string, items: Indexed[] }} Kind entries of one kind, under its name
 * @typedef {{ shown: string[], level: string, placeholder: string }} Beside
 * @typedef {{ group: string, items: [value: string, label: string, detail: string, others?: string][],
 *   weights?: number[] }} Group
 */

const MOST = 14;
const MOST_OF_A_KIND = 6;
const QUIET = 700;

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

/** @type {Promise<void> | null} */
let loading = null;
let url = "";

/** Whether the names are there. */
export function isReady() {
  return byValue.size > 0;
}

/**
 * Brings the names, once; a failure is forgotten, so that it can be tried again.
 * @returns {Promise<void>}
 */
export function load() {
  if (!url) return Promise.resolve();
  loading = loading || bring().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function bring() {
  /** @type {Group[]} */
  const groups = await fetchOnce(url);
  const entries = groups.flatMap(({ group, items, weights }) => items.map(([value, label, detail, others], rank) => (
    { value, label, detail, others: others || "", kind: group, weight: weights ? weights[rank] : 0 }
  )));
  index = makeIndex(entries);
  byValue = new Map(entries.map((entry) => [entry.value, entry]));
  document.body.dataset.search = "ready";
}

/**
 * Tells where the names are; they come when somebody goes to the box.
 * @param {string} address
 */
export function searchIn(address) {
  url = address;
}

/**
 * The entry that a value names.
 * @param {string} value
 */
export function entryOf(value) {
  return byValue.get(value);
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

/**
 * Offers only what may stand beside what is shown, and all of it before anything is typed; null offers everything.
 * @param {Beside | null} wanted
 */
export function offerBeside(wanted) {
  beside = wanted;
}

/** Whether a place is looked for to stand beside others. */
export function besideNow() {
  return beside;
}
