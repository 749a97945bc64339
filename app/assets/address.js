/* The address bar: written when something is chosen or the map is moved, read on back and forward. */

import { lookAt } from "../map/assets/place.js";
import { EXPLORER } from "../view/assets/keys.js";
import { read, write, writeMapView } from "../view/assets/query.js";
import { embedded, set, state, theMap, withMap } from "./core.js";
import { byId } from "./dom.js";
import { page } from "./page.js";
import { remember } from "./remember.js";

/** @import { Texts } from "../view/assets/query.js" */

/** What the bar says, and the same view as we write it: people write addresses in many ways. */
let known = window.location.search;
let written = known;
/** What the server is reading, and how often the reader went back or forward. */
let asked = "";
let visit = 0;

/**
 * What of an address is in the bar: the view of the page, part by part.
 * @returns {Texts}
 */
export function texts() {
  return read(written, page.keys);
}

/**
 * @param {Texts} changes
 * @param {"pushState" | "replaceState"} how
 */
function put(changes, how) {
  const next = write({ ...texts(), ...changes }, page.keys);
  if (next === written) return;
  written = next;
  window.history[how](null, "", next || window.location.pathname);
  known = window.location.search;
  keep();
}

function keep() {
  if (page.keys === EXPLORER && !embedded()) remember(known);
}

/**
 * Writes what was chosen; every other part stays as it is in the address.
 * @param {Texts} changes
 */
export function change(changes) {
  put(changes, "pushState");
}

/**
 * Writes what the sheet is about; the map finds its own way to another place.
 * @param {string} shown
 */
export function changePlace(shown) {
  const [place, ...others] = shown.split(",");
  const before = texts();
  const compared = others.join(",") || null;
  if (place !== before.place || compared !== before.compared) change({ place, compared, map_view: null });
}

/**
 * Whether the reader has neither gone back nor forward since now: an answer that comes later speaks of what was left.
 * @returns {() => boolean}
 */
export function sinceNow() {
  const mine = visit;
  return () => mine === visit;
}

/** A move made by hand is a part of the view; one made by the page follows from the place. */
withMap((map) => {
  map.on("moveend", () => {
    if (state.guided || !state.touched) {
      state.guided = false;
      return;
    }
    state.free = true;
    const centre = map.getCenter();
    put({ map_view: writeMapView(map.getZoom(), centre.lat, centre.lng) }, "replaceState");
  });
  const container = map.getContainer();
  for (const kind of ["pointerdown", "wheel", "keydown"]) {
    container.addEventListener(kind, () => { state.touched = true; }, { passive: true });
  }
});

/** Hands what the bar says to the server, which reads it for the page that is shown. */
function readAddress() {
  state.restoring = true;
  known = window.location.search;
  written = known;
  asked = known;
  keep();
  set(byId("shell").dataset.address || "address", { data: known });
}

window.addEventListener("popstate", () => {
  // a skip link moves the fragment alone: what is shown is still what the address says
  if (window.location.search === known) return;
  visit += 1;
  readAddress();
});

/**
 * What an address holds, read by the server → the map's frame on back and forward.
 * @param {{ view: string | null, bounds: any, written: string } | null} frame
 */
export function restoreFrame(frame) {
  if (!frame) return;
  if (written === asked) written = frame.written;
  withMap(() => {
    if (frame.view) {
      const [zoom, latitude, longitude] = frame.view.split(",").map(Number);
      state.guided = true;
      theMap().setView([latitude, longitude], zoom, { animate: false });
    } else if (frame.bounds) lookAt(frame.bounds, true);
  });
}

/**
 * The layout is made for the address that the server saw; any other is read now.
 * @param {string} seen
 * @param {string} view as the server writes it
 */
export function checkAddress(seen, view) {
  if (window.location.search.replace(/^\?/, "") === seen) {
    written = view;
    if (byId("shell").dataset.page !== "gaps") keep();
  } else readAddress();
}
