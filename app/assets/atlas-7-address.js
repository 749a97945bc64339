/* The address bar: written when something is chosen or the map is moved, read on back and forward. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;
  const VIEW = "vue";

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
    });
    const container = map.getContainer();
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      container.addEventListener(kind, function () { state.touched = true; }, { passive: true });
    }
  });

  window.addEventListener("popstate", function () {
    state.restoring = true;
    atlas.set("address", { data: window.location.search });
  });

  function shownIn(search) {
    const given = new URLSearchParams(search);
    return given.get("lieu") + "," + given.get("comparer");
  }

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
    if (search.replace(/^\?/, "") === seen) return;
    state.restoring = true;
    atlas.set("address", { data: search });
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

    /** What the server wrote → the address bar; a change of place lets go of the map's own view. */
    write_address: function (written) {
      const same = shownIn(written.search) === shownIn(window.location.search);
      const next = withView(written.search, same ? currentView() : null);
      const now = window.location.search || window.location.pathname;
      if (next !== now) window.history.pushState(null, "", next);
      return window.dash_clientside.no_update;
    },

    /** What an address holds, read by the server → the map's frame on back and forward. */
    restore_frame: function (frame) {
      if (frame) atlas.withMap(function () { restoreFrame(frame.view, frame.bounds); });
      return window.dash_clientside.no_update;
    },
  };
})();
