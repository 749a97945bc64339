/* The address bar: written when something is chosen or the map is moved, read on back and forward. */

import { lookAt } from "../map/assets/place.js";
import { set, state, theMap, withMap } from "./core.js";
import { byId } from "./dom.js";

const VIEW = "vue";
const WHOLE = "departement:62";
let known = window.location.search;

/**
 * @param {string} search
 * @param {string | null} view
 */
function withView(search, view) {
  const bare = search.replace(/^\?/, "").split("&").filter((part) => part && !part.startsWith(VIEW + "="));
  if (view) bare.push(VIEW + "=" + view);
  return bare.length ? "?" + bare.join("&") : window.location.pathname;
}

function currentView() {
  const given = new URLSearchParams(window.location.search).get(VIEW);
  return given && /^[\d.,-]+$/.test(given) ? given : null;
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
    const view = [map.getZoom(), centre.lat.toFixed(4), centre.lng.toFixed(4)].join(",");
    window.history.replaceState(null, "", withView(window.location.search, view));
    known = window.location.search;
  });
  const container = map.getContainer();
  for (const kind of ["pointerdown", "wheel", "keydown"]) {
    container.addEventListener(kind, () => { state.touched = true; }, { passive: true });
  }
});

/** Answers that come after the reader went back or forward speak of what was left: only what is
    done since then is written. */
for (const kind of ["pointerdown", "keydown", "change"]) {
  document.addEventListener(kind, () => { state.acted = true; }, { capture: true, passive: true });
}

/**
 * Hands an address to the server, which reads it for the page that is shown.
 * @param {string} search
 */
function read(search) {
  state.restoring = true;
  set(byId("shell").dataset.address || "address", { data: search });
}

window.addEventListener("popstate", () => {
  // a skip link moves the fragment alone: what is shown is still what the address says
  if (window.location.search === known) return;
  known = window.location.search;
  state.acted = false;
  read(known);
});

/** @param {string} search */
function shownIn(search) {
  const given = new URLSearchParams(search);
  return [given.get("lieu") || WHOLE, given.get("comparer")].filter(Boolean).join(",");
}

/** @param {string} next */
function write(next) {
  const now = window.location.search || window.location.pathname;
  if (next === now) return;
  window.history.pushState(null, "", next);
  known = window.location.search;
}

/**
 * Writes an address, with the map's own view.
 * @param {string} search
 */
export function writeSearch(search) {
  write(withView(search, currentView()));
}

/**
 * Writes the place at once: who goes back finds each place, however late the server answers.
 * @param {string} shown
 */
export function writePlace(shown) {
  const [first, ...others] = shown.split(",");
  const rest = window.location.search.replace(/^\?/, "").split("&")
    .filter((part) => part && !/^(lieu|comparer|vue)=/.test(part));
  if (others.length) rest.unshift("comparer=" + others.join(","));
  if (first !== WHOLE) rest.unshift("lieu=" + first);
  write(rest.length ? "?" + rest.join("&") : window.location.pathname);
}

/**
 * What the server wrote → the address bar, unless it comes too late to be of what is shown.
 * @param {{ search: string }} written
 */
export function writeAddress(written) {
  const late = !state.acted || shownIn(written.search) !== state.shown;
  if (!late) writeSearch(written.search);
}

/**
 * What an address holds, read by the server → the map's frame on back and forward.
 * @param {{ view: string | null, bounds: any } | null} frame
 */
export function restoreFrame(frame) {
  if (!frame) return;
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
 */
export function checkAddress(seen) {
  const search = window.location.search;
  if (search.replace(/^\?/, "") !== seen) read(search);
}
