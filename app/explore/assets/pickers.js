/* The fields that choose a place and what is drawn: their values → the stores. */

import { page } from "../../assets/page.js";
import { WHOLE } from "../../view/assets/keys.js";
import { awaitsSheet, chooseAfterTheme, chooseTheme } from "./answers.js";

/**
 * @import { Choice, Theme } from "../../assets/types"
 * @typedef {{ territory: string | null, epci: string | null, commune: string | null }} Picked
 */

function trigger() {
  return window.dash_clientside.callback_context.triggered_id;
}

/**
 * A value that the page itself put there is no choice; while a sheet is on its way, the page puts none.
 * @param {string | null} territory
 * @param {string | null} epci
 * @param {string | null} commune
 * @param {Picked} shown
 */
export function choosePlace(territory, epci, commune, shown) {
  const values = { territory, epci, commune };
  const step = /** @type {keyof Picked} */ (trigger());
  if (!step || !(step in values) || (!awaitsSheet() && values[step] === shown[step])) return;
  const wider = step === "commune" ? epci || territory : step === "epci" ? territory : null;
  page.choose(values[step] || wider || WHOLE);
}

/**
 * Another indicator comes in its usual drawing. What was chosen before may still be on its way: the theme is then of
 * another choice, and a field is held against what was last chosen.
 * @param {string} indicator
 * @param {string} measure total or rate
 * @param {string} level
 * @param {string} drawing
 * @param {Choice} choice
 * @param {Theme | null} theme
 */
export function chooseDrawn(indicator, measure, level, drawing, choice, theme) {
  const field = trigger();
  const drawn = theme && theme.choice.indicator === choice.indicator;
  const listed = theme && (drawn ? theme.listed : choice.indicator);
  const takePair = (/** @type {Theme} */ there) => {
    if (!there.pair || measure === there.kind) return false;
    chooseTheme({ ...there.choice, indicator: there.pair, drawing: null, bounds: null });
    return true;
  };
  if (field === "measure" && theme) {
    if (drawn) takePair(theme);
    else chooseAfterTheme(takePair);
  } else if (field === "indicator" && theme && indicator !== listed) {
    chooseTheme({ ...choice, indicator, drawing: null, bounds: null });
  } else if (field === "level" && level !== choice.level) {
    chooseTheme({ ...choice, level, bounds: null });
  } else if (field === "drawing" && theme && drawing !== (drawn ? theme.drawing : choice.drawing)) {
    chooseTheme({ ...choice, drawing });
  }
}
