/* Files of the house: fetched once, kept. */

import { state } from "./core.js";

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
async function fetchJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url + " : " + answer.status);
  return answer.json();
}

let source = fetchJson;

/**
 * Takes files from elsewhere than the server.
 * @param {(url: string) => Promise<any>} own
 */
export function readFilesFrom(own) {
  source = own;
}

/**
 * Fetches a file once; a failure is forgotten, so that it can be tried again.
 * @param {string} url
 * @returns {Promise<any>}
 */
export function fetchOnce(url) {
  const known = fetched.get(url);
  if (known) return known;
  const begun = source(url).catch((error) => {
    fetched.delete(url);
    throw error;
  });
  fetched.set(url, begun);
  return begun;
}

/**
 * A point well inside each perimeter of a level, by code.
 * @param {string} level
 * @returns {Promise<Record<string, import("./types").Position>>}
 */
export function anchors(level) {
  return fetchOnce(state.urls.anchors[level]);
}
