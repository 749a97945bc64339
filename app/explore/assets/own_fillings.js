/* What is chosen here is drawn at once and put into its store afterwards. Dash tells the store's callback of it later
   still, when the reader may have chosen something else: what it tells of an own filling is drawn already. */

import { set } from "../../assets/core.js";

/**
 * What each store was filled with here and has not told back yet, in order.
 * @type {Map<string, string[]>}
 */
const untold = new Map();

/**
 * @param {string} store
 * @param {unknown} data
 */
export function fillStore(store, data) {
  untold.set(store, [...(untold.get(store) || []), JSON.stringify(data)]);
  set(store, { data });
}

/**
 * Whether a store tells what it was filled with here; who else filled it, back or forward, begins anew.
 * @param {string} store
 * @param {unknown} data
 */
export function isOwn(store, data) {
  const filled = untold.get(store) || [];
  const at = filled.indexOf(JSON.stringify(data));
  // Dash tells several fillings at once as the last one
  untold.set(store, at < 0 ? [] : filled.slice(at + 1));
  return at >= 0;
}
