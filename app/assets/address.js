/* The address bar: written when something is chosen or the map is moved, read on back and forward. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;
  const VIEW = "vue";
  const WHOLE = "departement:62";
  let known = window.location.search;

  function withView(search, view) {
    const bare = search.replace(/^\?/, "").split("&").filter(function (part) {
      return part && !part.startsWith(VIEW + "=");
    });
    if (view) bare.push(VIEW + "=" + view);
    return bare.length ? "?" + bare.join("&") : window.location.pathname;
  }

  function currentView() {
    const given = new URLSearchParams(window.location.search).get(VIEW);
    return given && /^[\d.,-]+$/.test(given) ? given : null;
  }

  /** A move made by hand is a part of the view; one made by the page follows from the place. */
  atlas.withMap(function (map) {
    map.on("moveend", function () {
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
      container.addEventListener(kind, function () { state.touched = true; }, { passive: true });
    }
  });

  /** Answers that come after the reader went back or forward speak of what was left: only what is
      done since then is written. */
  for (const kind of ["pointerdown", "keydown", "change"]) {
    document.addEventListener(kind, function () { state.acted = true; }, { capture: true, passive: true });
  }

  /** Hands an address to the server, which reads it for the page that is shown. */
  function read(search) {
    state.restoring = true;
    atlas.set(document.getElementById("shell").dataset.address || "address", { data: search });
  }

  window.addEventListener("popstate", function () {
    // a skip link moves the fragment alone: what is shown is still what the address says
    if (window.location.search === known) return;
    known = window.location.search;
    state.acted = false;
    read(known);
  });

  function shownIn(search) {
    const given = new URLSearchParams(search);
    return [given.get("lieu") || WHOLE, given.get("comparer")].filter(Boolean).join(",");
  }

  function write(next) {
    const now = window.location.search || window.location.pathname;
    if (next === now) return;
    window.history.pushState(null, "", next);
    known = window.location.search;
  }

  /** Writes an address, with the map's own view. */
  atlas.writeSearch = function (search) { write(withView(search, currentView())); };

  /** Writes the place at once: who goes back finds each place, however late the server answers. */
  atlas.writePlace = function (shown) {
    const [first, ...others] = shown.split(",");
    const rest = window.location.search.replace(/^\?/, "").split("&").filter(function (part) {
      return part && !/^(lieu|comparer|vue)=/.test(part);
    });
    if (others.length) rest.unshift("comparer=" + others.join(","));
    if (first !== WHOLE) rest.unshift("lieu=" + first);
    write(rest.length ? "?" + rest.join("&") : window.location.pathname);
  };

  function restoreFrame(view, bounds) {
    if (view) {
      const [zoom, latitude, longitude] = view.split(",").map(Number);
      state.guided = true;
      state.map.setView([latitude, longitude], zoom, { animate: false });
    } else if (bounds) atlas.lookAt(bounds, true);
  }

  /** The layout is made for the address that the server saw; any other is read now. */
  function checkAddress(seen) {
    const search = window.location.search;
    if (search.replace(/^\?/, "") !== seen) read(search);
  }

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** What is done once, when the layout is there. */
    start: function (urls, seen, name) {
      atlas.titlePage(name);
      checkAddress(seen);
      atlas.loadSearch(urls.search);
      atlas.tellComboboxes();
    },

    /** What the server wrote → the address bar, unless it comes too late to be of what is shown. */
    write_address: function (written) {
      const late = !state.acted || shownIn(written.search) !== state.shown;
      if (!late) atlas.writeSearch(written.search);
      return window.dash_clientside.no_update;
    },

    /** What an address holds, read by the server → the map's frame on back and forward. */
    restore_frame: function (frame) {
      if (frame) atlas.withMap(function () { restoreFrame(frame.view, frame.bounds); });
      return window.dash_clientside.no_update;
    },
  };
})();
