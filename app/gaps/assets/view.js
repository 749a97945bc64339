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
 * @property {string[][]} scenarios codes of communes, for each
 * @property {number} active scenario, the one on the map, from 0
 * @property {number} proposed how many best sites are asked for
 * @property {number} smallest inhabitants of a commune from which it may be proposed
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
  };
}

/** @param {View} view */
export function searchOf(view) {
  return write(textsOf(view), GAPS);
}
