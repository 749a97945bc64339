/* The fields that choose a place and what is drawn: another value in one of them → what is shown. */

import { state } from "../../assets/core.js";
import { page } from "../../assets/page.js";
import { WHOLE } from "../../view/assets/keys.js";
import { chooseAfterTheme, chooseTheme, chosen, expectTheme, picked } from "./answers.js";

/** @import { Choice, Theme } from "../../assets/types" */

/**
 * A field of places that is emptied leaves what the wider ones say.
 * @param {keyof import("./answers.js").Picked} step
 * @param {string | null} place
 */
function choosePlace(step, place) {
  const { territory, epci } = picked();
  const wider = step === "commune" ? epci || territory : step === "epci" ? territory : null;
  page.choose(place || wider || WHOLE);
}

/**
 * The other of a pair, a total for a rate or the reverse; what was chosen before may still be on its way.
 * @param {string} measure total or rate
 */
function chooseMeasure(measure) {
  const takePair = (/** @type {Theme} */ there) => {
    if (!there.pair || measure === there.kind) return false;
    chooseTheme({ ...there.choice, indicator: there.pair, drawing: null, bounds: null });
    return true;
  };
  const theme = state.theme;
  if (theme && theme.choice.indicator === chosen()?.indicator) takePair(theme);
  else chooseAfterTheme(takePair);
}

/**
 * What a field makes of the choice of what is drawn, null for another field: another indicator comes in its usual drawing.
 * @param {string} field
 * @param {string} value
 * @returns {Choice | null}
 */
function choiceWith(field, value) {
  const choice = chosen();
  if (!choice) return null;
  if (field === "indicator") return { ...choice, indicator: value, drawing: null, bounds: null };
  if (field === "level") return { ...choice, level: value, bounds: null };
  return field === "drawing" ? { ...choice, drawing: value } : null;
}

/**
 * @param {string} field
 * @returns {field is keyof import("./answers.js").Picked}
 */
function isStep(field) {
  return field in picked();
}

/**
 * @param {string} field
 * @param {string | null} value null empties it
 */
export function chooseField(field, value) {
  if (isStep(field)) choosePlace(field, value);
  else if (field === "measure" && value) chooseMeasure(value);
  else if (value) {
    const choice = choiceWith(field, value);
    if (choice) chooseTheme(choice);
  }
}

/**
 * Asks for what an option under the pointer will choose.
 * @param {string} field
 * @param {string} value
 * @returns {Promise<void> | void} when it has come
 */
export function expectField(field, value) {
  const choice = choiceWith(field, value);
  if (choice) return expectTheme(choice);
  return isStep(field) ? page.expect(value) : undefined;
}
