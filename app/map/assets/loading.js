/* The files that the parts of the map show; dash-leaflet forgets an address that it is given while it still loads
   another, so that each part is given one at a time. */

import { set } from "../../assets/core.js";

/**
 * What each part of the map should show, and what it is busy loading.
 * @type {Record<string, string>}
 */
const wanted = {};
const loading = new Set(["communes", "zones", "limits", "outline"]);

/**
 * @param {string} part
 * @param {string} url
 */
export function load(part, url) {
  wanted[part] = url;
  if (loading.has(part)) return;
  loading.add(part);
  set(part, { url });
}

/**
 * Called by a part when its file is drawn.
 * @param {string} part
 * @param {string} url
 */
export function drawn(part, url) {
  loading.delete(part);
  if (part === "communes") document.dispatchEvent(new Event("drawn"));
  if (wanted[part] && wanted[part] !== url) load(part, wanted[part]);
}
