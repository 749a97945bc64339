/* The outline of a place. */

import { state } from "../../assets/core.js";
import { fetchOnce } from "../../assets/files.js";

/** @import { AreaCollection, Outline } from "../../assets/types" */

/**
 * @param {string} place
 * @returns {Promise<Outline>}
 */
async function fromFiles(place) {
  const [level, code] = place.split(":");
  const areas = state.urls.areas?.[level];
  if (areas) {
    /** @type {AreaCollection} */
    const { features } = await fetchOnce(areas);
    return /** @type {any} */ (features.find(({ properties }) => properties.items[0].key === code));
  }
  const urls = state.urls[level];
  if (!urls) return /** @type {any} */ (undefined); // of a level that is not drawn
  const collection = await fetchOnce(urls[Math.min(state.resolution, urls.length - 1)]);
  return collection.features.find((/** @type {Outline} */ feature) => feature.properties.code === code);
}

let find = fromFiles;

/**
 * @param {string} place
 * @returns {Promise<Outline>}
 */
export function outlineOf(place) {
  return find(place);
}

/**
 * Takes outlines from elsewhere than the server's files.
 * @param {(place: string) => Promise<Outline>} own
 */
export function findOutlinesBy(own) {
  find = own;
}
