/* The fields that choose a place and what is drawn: their values → the stores. */

import { page } from "../../assets/page.js";
import { WHOLE } from "../../view/assets/keys.js";
import { chooseTheme } from "./answers.js";

/**
 * @import { Choice, Theme } from "../../assets/types"
 * @typedef {{ territory: string | null, epci: string | null, commune: string | null }} Picked
 */

function trigger() {
  return window.dash_clientside.callback_context.triggered_id;
}

/**
 * A value that the page itself put there is no choice.
 * @param {string | null} territory
 * @param {string | null} epci
 * @param {string | null} commune
 * @param {Picked} shown
 */
export function choosePlace(territory, epci, commune, shown) {
  const values = { territory, epci, commune };
  const step = /** @type {keyof Picked} */ (trigger());
  if (!step || !(step in values) || values[step] === shown[step]) return;
  const wider = step === "commune" ? shown.epci : step === "epci" ? shown.territory : null;
  page.choose(values[step] || wider || WHOLE);
}

/**
 * Another indicator comes in its usual drawing.
 * @param {string} indicator
 * @param {string} measure total or rate
 * @param {string} level
 * @param {string} drawing
 * @param {Choice} choice
 * @param {Theme | null} theme
 */
export function chooseDrawn(indicator, measure, level, drawing, choice, theme) {
  const field = trigger();
  if (field === "measure" && theme && theme.pair && measure !== theme.kind) {
    chooseTheme({ ...choice, indicator: theme.pair, drawing: null, bounds: null });
  } else if (field === "indicator" && theme && indicator !== theme.listed) {
    chooseTheme({ ...choice, indicator, drawing: null, bounds: null });
  } else if (field === "level" && level !== choice.level) {
    chooseTheme({ ...choice, level, bounds: null });
  } else if (field === "drawing" && theme && drawing !== theme.drawing) {
    chooseTheme({ ...choice, drawing });
  }
}
