/* Outlines that came with the document: the map's files are made from what is drawn already, not asked for again. */

import { answerBy } from "../../assets/layout.js";

/** @import { Position } from "../../assets/types" */

const ground = document.querySelector("#first-frame .frame-ground");

/** @returns {(x: number, y: number) => Position} */
function unprojector() {
  const [zoom, left, top] = (ground?.getAttribute("data-grid") || "").split(",").map(Number);
  const world = 256 * 2 ** zoom;
  return (x, y) => [
    (x + left) / world * 360 - 180,
    Math.atan(Math.sinh(Math.PI * (1 - 2 * (y + top) / world))) * 180 / Math.PI,
  ];
}

const RING = /([Mm])(-?\d+)[ ]?(-?\d+)l([^z]*)z/g;
const NUMBER = /-?\d+/g;

/**
 * A path as the server writes it: `M` begins a polygon, `m` a hole in it, from where the ring before began.
 * @param {string} path
 * @param {(x: number, y: number) => Position} unproject
 */
function polygons(path, unproject) {
  /** @type {Position[][][]} */
  const found = [];
  let [left, top] = [0, 0];
  for (const [, kind, across, down, steps] of path.matchAll(RING)) {
    const hole = kind === "m";
    let [x, y] = hole ? [left + Number(across), top + Number(down)] : [Number(across), Number(down)];
    [left, top] = [x, y];
    const ring = [unproject(x, y)];
    const numbers = (steps.match(NUMBER) || []).map(Number);
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      ring.push(unproject(x, y));
    }
    ring.push(ring[0]);
    if (hole) found[found.length - 1].push(ring);
    else found.push([ring]);
  }
  return found;
}

/**
 * What is told of a path begins with its name.
 * @param {SVGPathElement} path
 */
function nameOf(path) {
  return path.dataset.name || (path.textContent || "").split("\u00a0: ")[0];
}

/**
 * The file of outlines that a group of paths holds.
 * @param {Element} group
 */
function collection(group) {
  const unproject = unprojector();
  const features = [...group.querySelectorAll("path")].map((path) => ({
    type: "Feature",
    properties: path.dataset.kind ? { kind: path.dataset.kind } : { code: path.dataset.code, name: nameOf(path) },
    geometry: { type: "MultiPolygon", coordinates: polygons(path.getAttribute("d") || "", unproject) },
  }));
  return { type: "FeatureCollection", features };
}

/** @type {Map<string, Element>} */
const groups = new Map();
for (const group of ground?.querySelectorAll("[data-file]") || []) {
  groups.set(group.getAttribute("data-file") || "", group);
}

answerBy((url) => {
  const group = groups.get(url.slice(url.lastIndexOf("/") + 1));
  return group ? new Response(JSON.stringify(collection(group)), { headers: { "Content-Type": "application/json" } }) : null;
});
