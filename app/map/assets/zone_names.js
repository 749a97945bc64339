/* Names of the perimeters that carry the indicator, each in its own ground where it fits. */

import { state } from "../../assets/core.js";
import { element } from "../../assets/dom.js";
import { anchors } from "../../assets/files.js";
import { contains } from "./contains.js";
import { overlaps, pen, written } from "./lettering.js";

/**
 * @import { Position } from "../../assets/types"
 * @import { LayerGroup, Map as LeafletMap } from "leaflet"
 * @import { Box } from "./lettering.js"
 */

const LINE = 13;
const LINES = 3;
/** Pixels that a name may be moved up or down to find room. */
const SHIFTS = [0, -20, 20, -40, 40, -60, 60];
const ZONE_FONT = '600 12px "Atlas Sans", sans-serif';

/**
 * A name in so many lines, as equal as words allow.
 * @param {string} name
 * @param {number} lines
 */
function broken(name, lines) {
  const words = name.split(" ");
  const most = Math.ceil(name.length / lines) + 2;
  const rows = [words[0]];
  for (const word of words.slice(1)) {
    const last = rows[rows.length - 1];
    if ((last + " " + word).length <= most || rows.length === LINES) rows[rows.length - 1] = last + " " + word;
    else rows.push(word);
  }
  return rows;
}

/**
 * The middles of the perimeters by level, once they are there.
 * @type {Record<string, Record<string, Position>>}
 */
const middles = {};

/**
 * The perimeters of the level that is drawn, each in its own ground where it fits beside the towns.
 * @param {LeafletMap} map
 * @param {LayerGroup} group
 * @param {Box[]} taken
 * @param {() => void} refresh names everything again
 * @param {(name: string) => boolean} may be named
 * @returns {Box[]} where they stand
 */
export function nameZones(map, group, taken, refresh, may) {
  const level = state.theme?.level || "commune";
  if (level === "commune" || !state.urls.anchors?.[level]) return [];
  const places = middles[level];
  if (!places) {
    anchors(level).then((found) => {
      middles[level] = found;
      refresh();
    }, () => { /* the map stays without these names */ });
    return [];
  }
  /** @type {Box[]} */
  const placed = [];
  const size = map.getSize();
  pen.font = ZONE_FONT;
  for (const [code, layer] of state.zones.zones) {
    const at = places[code];
    if (!at || !may(layer.feature.properties.name)) continue;
    const middle = map.latLngToContainerPoint([at[1], at[0]]);
    const fits = (/** @type {Box} */ box) => box.left > 0 && box.right < size.x && box.top > 0 && box.bottom < size.y
      && !overlaps(box, taken) && !overlaps(box, placed) && cornersOf(box).every(([x, y]) => {
      const { lat, lng } = map.containerPointToLatLng([x, y]);
      return contains(layer.feature.geometry, [lng, lat]);
    });
    const stand = () => {
      for (let lines = 1; lines <= LINES; lines += 1) {
        const rows = broken(layer.feature.properties.name, lines);
        const half = Math.max(...rows.map((row) => pen.measureText(row).width)) / 2 + 2;
        const high = rows.length * LINE / 2 + 1;
        for (const shift of SHIFTS) {
          const y = middle.y + shift;
          const box = { left: middle.x - half, right: middle.x + half, top: y - high, bottom: y + high };
          if (fits(box)) return { rows, box, y };
        }
      }
      return null;
    };
    const free = stand();
    if (!free) continue;
    placed.push(free.box);
    const label = element("span", { class: "zone-name" }, ...free.rows.flatMap((row, rank) => (
      rank ? [element("br", null), row] : [row]
    )));
    written(label, map.containerPointToLatLng([middle.x, free.y])).addTo(group);
  }
  return placed;
}

/**
 * @param {Box} box
 * @returns {[x: number, y: number][]}
 */
function cornersOf({ left, right, top, bottom }) {
  return [[left, top], [right, top], [left, bottom], [right, bottom]];
}
