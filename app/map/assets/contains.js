/* Whether a point lies in a shape. */

/** @import { Position } from "../../assets/types" */

/**
 * Whether a ring goes round a point: a line from it to the east crosses the ring an odd number of times.
 * @param {Position[]} ring
 * @param {Position} at
 */
function goesRound(ring, [x, y]) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/**
 * Whether a point lies in a polygon or in one of several, holes left out.
 * @param {any} geometry of GeoJSON
 * @param {Position} at
 * @returns {boolean}
 */
export function contains(geometry, at) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((/** @type {Position[][]} */ rings) => (
    rings.filter((ring) => goesRound(ring, at)).length % 2 === 1
  ));
}
