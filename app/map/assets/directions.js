/* From one place to the next one in a direction, on the screen. */

/** @typedef {{ x: number, y: number }} At pixels, y downwards */

/** @type {Record<string, [dx: number, dy: number]>} */
export const DIRECTIONS = {
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
};

/**
 * The nearest in a direction; a detour sideways counts twice, and more than twice the way ahead is another direction.
 * @template K
 * @param {Iterable<[K, At]>} places
 * @param {At} from
 * @param {[dx: number, dy: number]} direction
 * @returns {K | null}
 */
export function nearestTowards(places, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const [key, point] of places) {
    const ahead = (point.x - from.x) * dx + (point.y - from.y) * dy;
    const aside = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx);
    const cost = ahead + 2 * aside;
    if (ahead > 1 && aside <= 2 * ahead && cost < least) [best, least] = [key, cost];
  }
  return best;
}

/**
 * The nearest of all; null when there is none.
 * @template K
 * @param {Iterable<[K, At]>} places
 * @param {At} from
 * @returns {K | null}
 */
export function nearestTo(places, from) {
  let best = null;
  let least = Infinity;
  for (const [key, point] of places) {
    const distance = Math.hypot(point.x - from.x, point.y - from.y);
    if (distance < least) [best, least] = [key, distance];
  }
  return best;
}
