/* The selected place: its outline, where the map looks, and how a choice reaches the page. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const FINER_FROM = [10, 12];
  const CLOSEST = 13;

  state.resolution = 0;

  /** Makes what is written the selected one: a place, a contract, a district, or places beside each
      other with commas between them; everything else follows from the store. */
  atlas.choose = function (shown) {
    state.restoring = false;
    state.acted = true;
    atlas.expectSheet(shown);
    atlas.set("place", { data: shown });
  };

  /** The places that something written lies in: a contract in its partner's, a place in itself. */
  function within(written) {
    return state.urls.within[written] || [written];
  }

  atlas.outlineOf = async function (place) {
    const [level, code] = place.split(":");
    const url = state.urls[level][Math.min(state.resolution, state.urls[level].length - 1)];
    const collection = await atlas.fetchOnce(url);
    return collection.features.find(function (feature) { return feature.properties.code === code; });
  };

  /** Strokes of the places beside each other, told apart without colour. */
  const STROKES = [null, "9 5", "2 5"];

  function draw(map, outlines) {
    if (!state.outline) state.outline = window.L.layerGroup().addTo(map);
    state.outline.clearLayers();
    for (const [feature, dashArray] of outlines) {
      for (const style of [
        { color: "#ffffff", weight: 6, opacity: 0.9 },
        { color: atlas.colour("selection"), weight: 3, opacity: 1, dashArray },
      ]) {
        window.L.geoJSON(feature, {
          pane: "selection", interactive: false, style: { ...style, fill: false, lineJoin: "round" },
        }).addTo(state.outline);
      }
    }
  }

  /** Room that the sheet covers on a phone, so that a place is framed in what can be seen. */
  function padding() {
    const shell = document.getElementById("shell");
    const covered = atlas.phone() ? coveredBy(document.getElementById(shell.dataset.panel)) : 0;
    return { paddingTopLeft: [24, 24], paddingBottomRight: [24, 24 + covered] };
  }

  function coveredBy(panel) {
    const map = state.map.getContainer().getBoundingClientRect();
    return Math.max(0, Math.min(map.bottom - panel.getBoundingClientRect().top, map.height * 0.6));
  }

  atlas.lookAt = function (bounds, still) {
    state.guided = true;
    state.touched = false;
    state.free = false;
    state.framed = bounds;
    const options = { ...padding(), maxZoom: CLOSEST, duration: 0.6 };
    if (still || atlas.calm()) state.map.fitBounds(bounds, { ...options, animate: false });
    else state.map.flyToBounds(bounds, options);
  };

  /** Frames the place again, unless the reader has moved the map since. */
  atlas.lookAgain = function () {
    if (state.map && state.framed && !state.free) atlas.lookAt(state.framed, true);
  };

  atlas.lookAtPlace = async function (place) {
    atlas.lookAt(window.L.geoJSON(await atlas.outlineOf(place)).getBounds());
  };

  async function show(shown, move) {
    const each = shown.split(",");
    const places = each.flatMap(function (one, rank) {
      return within(one).map(function (place) { return [place, STROKES[rank]]; });
    });
    const features = await Promise.all(places.map(function ([place]) { return atlas.outlineOf(place); }));
    if (state.shown !== shown) return;
    const outlines = features.map(function (feature, index) { return [feature, places[index][1]]; });
    draw(state.map, each[0].startsWith("departement:") ? [] : outlines);
    const bounds = window.L.featureGroup(features.map(function (feature) {
      return window.L.geoJSON(feature);
    })).getBounds();
    if (move) atlas.lookAt(bounds);
    else state.framed = state.framed || bounds;
  }

  /** What each part of the map should show, and what it is busy loading; dash-leaflet forgets an
      address that it is given while it still loads another. */
  const wanted = {};
  const loading = new Set(["communes", "zones", "limits", "outline"]);

  function load(part, url) {
    wanted[part] = url;
    if (loading.has(part)) return;
    loading.add(part);
    atlas.set(part, { url });
  }

  /** Called by a part when its file is drawn. */
  atlas.drawn = function (part, url) {
    loading.delete(part);
    if (part === "communes") document.dispatchEvent(new Event("drawn"));
    if (wanted[part] && wanted[part] !== url) load(part, wanted[part]);
  };

  function refine() {
    const zoom = state.map.getZoom();
    const resolution = FINER_FROM.filter(function (from) { return zoom >= from; }).length;
    if (resolution === state.resolution) return;
    state.resolution = resolution;
    loadOutlines();
    if (state.shown) show(state.shown, false);
  }

  function loadOutlines() {
    const level = state.theme ? state.theme.level : "epci";
    load("communes", state.urls.commune[state.resolution]);
    load("limits", state.urls.epci[state.resolution]);
    load("outline", state.urls.departement[state.resolution]);
    if (level !== "commune") load("zones", state.urls[level][state.resolution]);
  }

  /** Places beside each other need room: the map gives some of its own. */
  function setSideBySide(yes) {
    const shell = document.getElementById("shell");
    if ((shell.dataset.compared === "yes") === yes) return;
    shell.dataset.compared = yes ? "yes" : "no";
    if (state.map) state.map.invalidateSize({ pan: false });
  }

  let begun = false;

  function begin(map) {
    begun = true;
    map.on("zoomend", refine);
    map.on("resize", atlas.lookAgain);
    map.whenReady(function () {
      refine();
      atlas.nameTowns(map, state.urls.names);
    });
  }

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** Store of the place → outline, frame and words; the first call keeps the given frame. */
    show_place: function (shown, urls) {
      const first = state.shown === null;
      const moved = state.shown !== shown;
      state.urls = urls;
      state.shown = shown;
      state.place = within(shown.split(",")[0])[0];
      if (!first && moved && !state.restoring) atlas.writePlace(shown);
      setSideBySide(shown.includes(","));
      atlas.markRow();
      atlas.withMap(function (map) {
        if (!begun) begin(map);
        map.whenReady(function () { if (moved) show(shown, !first && !state.restoring); });
      });
      return window.dash_clientside.no_update;
    },

    /** Store of the theme → colours and, for another level, the file of its outlines. */
    show_theme: function (theme, urls) {
      const before = state.theme;
      state.urls = urls;
      if (!theme || theme === before) return window.dash_clientside.no_update;
      atlas.paint(theme);
      if (before && before.level !== theme.level) loadOutlines();
      document.getElementById("map-title").textContent = theme.title;
      document.getElementById("shell").dataset.pair = theme.pair ? "yes" : "no";
      atlas.showClasses(theme);
      atlas.refreshTable();
      return window.dash_clientside.no_update;
    },

    /** Pickers → place; a value that the page itself put there is no choice. */
    choose_place: function (...args) {
      const shown = args.pop();
      const trigger = window.dash_clientside.callback_context.triggered_id;
      const values = { territory: args[0], epci: args[1], commune: args[2] };
      if (!trigger || !(trigger in values) || values[trigger] === shown[trigger]) return;
      const wider = trigger === "commune" ? shown.epci : trigger === "epci" ? shown.territory : null;
      atlas.choose(values[trigger] || wider || "departement:62");
    },

    /** Indicator, total or rate, level, drawing → choice; another indicator comes in its usual drawing. */
    choose_theme: function (indicator, measure, level, drawing, choice, theme) {
      const trigger = window.dash_clientside.callback_context.triggered_id;
      if (trigger === "measure" && theme && theme.pair && measure !== theme.kind) {
        atlas.chooseTheme({ ...choice, indicator: theme.pair, drawing: null, bounds: null });
      } else if (trigger === "indicator" && theme && indicator !== theme.listed) {
        atlas.chooseTheme({ ...choice, indicator, drawing: null, bounds: null });
      } else if (trigger === "level" && level !== choice.level) {
        atlas.chooseTheme({ ...choice, level, bounds: null });
      } else if (trigger === "drawing" && theme && drawing !== theme.drawing) {
        atlas.chooseTheme({ ...choice, drawing });
      }
    },
  };
})();
