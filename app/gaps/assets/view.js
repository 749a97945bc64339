/* What the page Écarts asks, and how an address says it: app/gaps/view.py. */

import { BETWEEN_SCENARIOS, GAPS, MINUTES, USUAL_MINUTES } from "../../view/assets/keys.js";
import { write } from "../../view/assets/query.js";

/**
 * @import { Texts } from "../../view/assets/query.js"
 *
 * @typedef {object} View
 * @property {string} service
 * @property {number | string} threshold
 * @property {string} model of travel
 * @property {string} public whose way is asked about
 * @property {string[][]} scenarios for each what opens, and after a « - » what closes
 * @property {number} active scenario, the one on the map, from 0
 * @property {number} proposed how many best sites are asked for
 * @property {number} smallest inhabitants of a commune from which it may be proposed
 * @property {string[]} also the other services of the basket
 * @property {number | string} rank 2 for the second choice
 * @property {string} measured ways, or room
 * @property {string[]} neighbours layers that count too
 * @property {string} candidates layer whose points may have a site
 * @property {string} around word of the site that bands are drawn around
 * @property {string} unit of the threshold
 */

/**
 * What an address says of each part of a view, but for where the map looks.
 * @param {View} view
 * @returns {Texts}
 */
export function textsOf(view) {
  const usual = MINUTES[view.service] || USUAL_MINUTES;
  return {
    service: view.service,
    threshold: Number(view.threshold) === usual ? null : String(view.threshold),
    model: view.model,
    public: view.public,
    scenarios: view.scenarios.map((codes) => codes.join(",")).join(BETWEEN_SCENARIOS) || null,
    active: view.active ? String(view.active + 1) : null,
    proposed: view.proposed ? String(view.proposed) : null,
    smallest: view.smallest ? String(view.smallest) : null,
    also: view.also.join(",") || null,
    rank: String(view.rank),
    measured: view.measured,
    neighbours: view.neighbours.join(",") || null,
    candidates: view.candidates || null,
    around: view.around || null,
  };
}

/** @param {View} view */
export function searchOf(view) {
  return write(textsOf(view), GAPS);
}
