/* Names on the map: the larger towns first, none over another; seas and neighbours in their place. */

import { element, all } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { overlaps, pen, written } from "./lettering.js";
import { circles, marks } from "./pins.js";
import { namesInFrame } from "./names_in_frame.js";
import { nameZones } from "./zone_names.js";

/**
 * @import { AreaCollection } from "../../assets/types"
 * @import { LayerGroup, Map as LeafletMap, Point } from "leaflet"
 * @import { Position } from "../../assets/types"
 * @import { Box } from "./lettering.js"
 * @typedef {[name: string, longitude: number, latitude: number, population: number]} Town
 * @typedef {{ name: string, kind: string, places: Position[] }} Region a sea or a neighbour
 */

const HEIGHT = 16;
const DOT = 7;
const ROOM = 6;
const MANY = 100;
const EDGE = 30;
const WIDE = 12;
/** Pixels from a circle of money to the name of its town. */
const BESIDE = 5;
/** A circle whose middle is nearer to a town than so many pixels is that town's. */
const NEAR_MIDDLE = 14;
const ASIDE = 18;
const SMALLEST = [[8.5, 12000], [9.25, 7000], [10, 4500], [10.75, 2500], [11.5, 1200], [12.25, 500]];


/** @param {string} name */
function width(name) {
  pen.font = '500 13px "Atlas Sans", sans-serif';
  return pen.measureText(name).width + DOT;
}

/**
 * Population from which a town is named at a zoom.
 * @param {number} zoom
 */
function threshold(zoom) {
  const step = SMALLEST.find(([limit]) => zoom < limit);
  return step ? step[1] : 0;
}

/**
 * How far from its town a name begins, to the right and to the left: beside the mark or the circle that stands there.
 * @param {Point} point
 * @param {Box[]} stand
 * @param {Box[]} rings
 * @param {number} near pixels from the middle of a ring within which it is that of the point
 * @returns {{ right: number, left: number }}
 */
function asides(point, stand, rings, near) {
  const here = { left: point.x, right: point.x, top: point.y, bottom: point.y };
  const aside = overlaps(here, stand) ? ASIDE : 0;
  const around = rings.filter((ring) => Math.hypot(
    (ring.left + ring.right) / 2 - point.x, (ring.top + ring.bottom) / 2 - point.y,
  ) < near && overlaps(here, [ring]));
  return {
    right: Math.max(aside, ...around.map((ring) => ring.right - point.x + BESIDE)),
    left: Math.max(aside, ...around.map((ring) => point.x - ring.left + BESIDE)),
  };
}

/**
 * Where a name may stand.
 * @param {Point} point
 * @param {number} text its width
 * @param {{ right: number, left: number }} aside
 * @returns {["right" | "left", Box][]}
 */
function boxes(point, text, aside) {
  const height = { top: point.y - HEIGHT / 2, bottom: point.y + HEIGHT / 2 };
  return [
    ["right", { left: point.x + aside.right - ROOM, right: point.x + aside.right + text + ROOM, ...height }],
    ["left", { left: point.x - aside.left - text - ROOM, right: point.x - aside.left + ROOM, ...height }],
  ];
}

/**
 * A sea or a neighbour, at the first of its places that the map shows whole, or where the first frame has it.
 * @param {LeafletMap} map
 * @param {Region} region
 * @param {Box[]} taken
 * @param {ReturnType<typeof namesInFrame>} kept
 */
function region(map, { name, kind, places }, taken, kept) {
  const before = kept?.get(name);
  if (kept && !before) return null;
  const size = map.getSize();
  const half = name.length * WIDE / 2;
  const at = places.map(([longitude, latitude]) => /** @type {[number, number]} */ ([latitude, longitude]))
    .find((latlng) => {
      const point = map.latLngToContainerPoint(latlng);
      if (before) return Math.hypot(point.x - before.x, point.y - before.y) < NEAR_MIDDLE;
      const box = { left: point.x - half, right: point.x + half, top: point.y - HEIGHT, bottom: point.y + HEIGHT };
      return box.left > 0 && box.right < size.x && point.y > EDGE && point.y < size.y - EDGE && !overlaps(box, taken);
    });
  return at ? written(element("span", { class: "region region-" + kind }, name), at) : null;
}

/**
 * What stands over the map: its title, its buttons, its scale, whose outlines they are.
 * @param {LeafletMap} map
 * @returns {Box[]}
 */
function covered(map) {
  const corner = map.getContainer().getBoundingClientRect();
  return all(".map-title, .zoom, .map-credit, .leaflet-control-scale").map((over) => {
    const { left, right, top, bottom } = over.getBoundingClientRect();
    return {
      left: left - corner.left, right: right - corner.left,
      top: top - corner.top, bottom: bottom - corner.top,
    };
  });
}

/**
 * Places the names that fit in what the map shows, towns from the largest down.
 * @param {LeafletMap} map
 * @param {Town[]} towns
 * @param {LayerGroup} group
 */
function place(map, towns, group) {
  group.clearLayers();
  const smallest = threshold(map.getZoom());
  const kept = namesInFrame(map);
  const seen = map.getBounds().pad(-0.01);
  const size = map.getSize();
  const stand = marks(map);
  const rings = circles(map);
  const taken = [...covered(map), ...(stand.length < MANY ? stand : [])];
  /** @type {(name: string, at: Position, kind: string) => void} */
  const write = (name, [longitude, latitude], kind) => {
    const latlng = window.L.latLng(latitude, longitude);
    if (!seen.contains(latlng) || (kept && !kept.has(name))) return;
    const point = map.latLngToContainerPoint(latlng);
    // the name of an area keeps off whatever circle its middle is in
    const aside = asides(point, stand, rings, kind === "town" ? NEAR_MIDDLE : Infinity);
    const free = boxes(point, width(name), aside).find(([, box]) => box.left > 0 && box.right < size.x && !overlaps(box, taken));
    if (!free) return;
    const [side, box] = free;
    taken.push(box);
    const label = element("span", { class: kind + " town-" + side + (aside[side] ? " town-aside" : "") }, name);
    if (aside[side]) label.style.setProperty("--aside", aside[side] + "px");
    written(label, latlng).addTo(group);
  };
  for (const [name, longitude, latitude, population] of towns) {
    if (population < smallest) break;
    write(name, [longitude, latitude], "town");
  }
  const zones = nameZones(map, group, [...taken, ...rings], renameTowns, (name) => !kept || kept.has(name));
  taken.push(...zones);
  for (const { features } of named.values()) {
    for (const { properties } of features) {
      if (properties.at) write(properties.items[0].title, properties.at, "town town-area");
    }
  }
}

/** @type {Map<string, AreaCollection>} */
const named = new Map();

/**
 * Names the areas of a layer where there is room beside the towns; null names them no more.
 * @param {string} layer
 * @param {AreaCollection | null} areas
 */
export function nameAreas(layer, areas) {
  if (areas) named.set(layer, areas);
  else named.delete(layer);
}

/** Until the towns are there, there is nothing to write again. */
let refresh = () => {};

export function renameTowns() {
  refresh();
}

/**
 * @param {LeafletMap} map
 * @param {string} url
 */
export async function nameTowns(map, url) {
  /** @type {[{ towns: Town[], regions: Region[] }, unknown]} */
  const [names] = await Promise.all([fetchOnce(url), document.fonts.ready]);
  const group = window.L.layerGroup().addTo(map);
  refresh = () => {
    place(map, names.towns, group);
    const taken = covered(map);
    for (const one of names.regions) region(map, one, taken, namesInFrame(map))?.addTo(group);
  };
  map.on("moveend", refresh);
  refresh();
}
