/* The address of a view: its texts, part by part, written as a query string and read back, as app/view/query.py does. */

import { LATITUDES, LONGITUDES, SAFE, ZOOMS } from "./keys.js";

/**
 * @typedef {object} Key of an address: app.view.keys.Key
 * @property {string} name as the address has it
 * @property {string} part of the view
 * @property {string | null} usual text, which goes without saying
 * @property {boolean} leads said whenever anything else is
 * @property {boolean} onPaper
 *
 * @typedef {Record<string, string | null>} Texts what an address says, by part; null where there is nothing to say
 */

const KEPT = new RegExp([...SAFE].map((sign) => encodeURIComponent(sign)).join("|"), "g");

/** @param {string} text */
function quote(text) {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase())
    .replace(KEPT, decodeURIComponent);
}

/**
 * Writes texts under the names of their keys, none left out.
 * @param {Texts} texts
 * @param {Key[]} keys
 */
export function writeAll(texts, keys) {
  const written = keys.flatMap(({ name, part }) => {
    const text = texts[part];
    return text ? [name + "=" + quote(text)] : [];
  });
  return written.length ? "?" + written.join("&") : "";
}

/**
 * Writes a view, `?` included; the usual one gives an empty text.
 * @param {Texts} texts
 * @param {Key[]} keys
 */
export function write(texts, keys) {
  const said = new Set(keys.filter(({ part, usual }) => texts[part] && texts[part] !== usual));
  return writeAll(texts, keys.filter((key) => said.has(key) || (said.size && key.leads)));
}

/**
 * Reads what an address says of each part.
 * @param {string} search
 * @param {Key[]} keys
 * @returns {Texts}
 */
export function read(search, keys) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(keys.map(({ name, part, usual }) => [part, given.get(name) || usual]));
}

/**
 * Writes where the map looks; null where no address may look.
 * @param {number} zoom
 * @param {number} latitude
 * @param {number} longitude
 */
export function writeMapView(zoom, latitude, longitude) {
  /** @type {[number, number[]][]} */
  const bounded = [[zoom, ZOOMS], [latitude, LATITUDES], [longitude, LONGITUDES]];
  if (bounded.some(([value, [low, high]]) => value < low || value > high)) return null;
  return [Math.floor(zoom * 4 + 0.5) / 4, latitude.toFixed(4), longitude.toFixed(4)].join(",");
}
