/* What was found on a page with a map: the place that it is or lies in is opened, an object on its spot. */

import { phone, state, theMap, withMap } from "../../assets/core.js";
import { byId, fieldById } from "../../assets/dom.js";
import { fetchOnce } from "../../assets/files.js";
import { page } from "../../assets/page.js";
import { showSheetAt } from "../../assets/panels.js";
import { look, useFinder } from "./finder.js";
import { showLayer } from "./points.js";
import { besideNow, entryOf, load, offerBeside, searchIn } from "./search.js";
import { holds, markOf } from "./standing.js";

/** @import { PointFeature } from "../../assets/types" */

const MARKED = "#point=";
/** From here on no points are gathered. */
const NEAR = 13;
/** The flight to the place of an object takes less. */
const FLIGHT = 900;

/**
 * Shows an object of a layer where it stands, with what is known of it.
 * @param {string} layer
 * @param {string} key
 */
async function openObject(layer, key) {
  if (!state.urls.points[layer]) return;
  showLayer(layer);
  /** @type {PointFeature | undefined} */
  const feature = (await fetchOnce(state.urls.points[layer])).features
    .find((/** @type {PointFeature} */ one) => holds(one, key));
  if (!feature) return;
  const [longitude, latitude] = feature.geometry.coordinates;
  withMap((map) => {
    const open = () => {
      const mark = markOf(layer, key);
      if (mark) mark.layer.openPopup();
      else state.opening = key;
    };
    // the way to its commune comes first
    setTimeout(() => {
      state.guided = true;
      if (!markOf(layer, key)) map.setView([latitude, longitude], Math.max(map.getZoom(), NEAR), { animate: false });
      open();
    }, FLIGHT);
  });
}

/**
 * @param {string} value
 */
function goTo(value) {
  const [place, object] = value.split("#");
  const beside = besideNow();
  if (place.startsWith("qpv:")) showLayer("qpv");
  page.choose(beside ? [...beside.shown, place].join(",") : place);
  stopComparing();
  // to the heading of what was found: the box has done its work
  fieldById("search").blur();
  if (object && !object.startsWith("ancien/")) {
    const [layer, key] = [object.slice(0, object.indexOf("/")), object.slice(object.indexOf("/") + 1)];
    openObject(layer, key);
  }
  if (phone()) {
    showSheetAt(object ? "peek" : "half");
    byId("sheet").focus();
  }
}

function stopComparing() {
  const beside = besideNow();
  if (!beside) return;
  fieldById("search").placeholder = beside.placeholder;
  offerBeside(null);
}

/**
 * Looks for a place to stand beside those that are shown, with the box that finds all places.
 * @param {string} shown
 */
export function searchBeside(shown) {
  const box = fieldById("search");
  offerBeside({ shown: shown.split(","), level: shown.split(":")[0] + ":", placeholder: box.placeholder });
  box.placeholder = "Comparer avec…";
  box.focus();
  look();
}

/**
 * An entry chosen → the place it is or lies in.
 * @param {string} value
 */
export function goToFound(value) {
  if (entryOf(value)) goTo(value);
}

/** An address may end in an object to open, from the search of another page. */
function openMarked() {
  if (!window.location.hash.startsWith(MARKED)) return;
  const [layer, ...key] = decodeURIComponent(window.location.hash.slice(MARKED.length)).split("/");
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  withMap(() => { theMap().whenReady(() => { openObject(layer, key.join("/")); }); });
}

/**
 * @param {string} url of the names
 */
export function loadSearch(url) {
  searchIn(url);
  useFinder(goToFound, stopComparing);
  openMarked();
}

export { load };
