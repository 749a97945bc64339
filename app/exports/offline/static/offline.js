/* The offline page: files come from the page itself, and what Dash would do is done here. */

window.atlasOffline = (function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;
  const contents = JSON.parse(document.getElementById("contents").textContent);
  const files = Object.fromEntries(Object.entries(contents.files).map(function ([name, file]) {
    return [name, file.decimals === undefined ? file : unpack(file)];
  }));
  const page = window.dash_clientside.atlas;
  const groups = {};

  /** Turns rings of steps on a grid into GeoJSON. */
  function unpack(file) {
    const unit = 10 ** file.decimals;
    const ring = function (steps) {
      const points = [];
      let x = 0, y = 0;
      for (let at = 0; at < steps.length; at += 2) {
        x += steps[at];
        y += steps[at + 1];
        points.push([x / unit, y / unit]);
      }
      return [...points, points[0]];
    };
    return { ...file, features: file.features.map(function ({ rings, ...feature }) {
      const coordinates = rings.map(function (polygon) { return polygon.map(ring); });
      return { ...feature, geometry: { type: "MultiPolygon", coordinates } };
    }) };
  }

  /** Puts the elements that many sheets share where their numbers stand. */
  function unfold(part) {
    if (typeof part === "number") return unfold(contents.shared[part]);
    return Array.isArray(part) ? [part[0], part[1], part[2].map(unfold)] : part;
  }

  const outlines = new Map([
    ...files.commune.features.map(function (feature) { return ["commune:" + feature.properties.code, feature]; }),
    ...files.outlines.features.map(function (feature) { return [feature.properties.code, feature]; }),
  ]);

  /* One resolution stands for all three. */
  const same = function (name) { return [name, name, name]; };
  const urls = {
    departement: same("departement"), epci: same("epci"), commune: same("commune"), names: "names",
    anchors: { epci: "anchors-epci", commune: "anchors-commune" },
    points: Object.fromEntries(Object.keys(contents.points).map(function (layer) { return [layer, "layer-" + layer]; })),
    perimeters: contents.perimeters, within: {},
  };

  state.urls = urls;
  atlas.fetchOnce = function (name) { return Promise.resolve(files[name]); };
  atlas.anchors = function (level) { return atlas.fetchOnce("anchors-" + level); };
  atlas.outlineOf = function (place) { return Promise.resolve(outlines.get(place) || outlines.get(contents.place)); };

  function fill(part, content) {
    document.getElementById(part).replaceChildren(...content.map(unfold).map(atlas.build));
  }

  function showPlace(place) {
    const sheet = contents.sheets[place];
    if (!sheet) return;
    fill("sheet-body", sheet.content);
    fill("trail", sheet.trail);
    document.getElementById("sheet-body").scrollTop = 0;
    if (state.place) page.announce_place(sheet.name);
    page.show_place(place, urls);
  }

  function showTheme(id) {
    const shown = contents.themes.find(function (theme) { return theme.id === id; });
    if (!shown) return;
    fill("legend", [shown.legend]);
    page.show_theme(shown.theme, urls);
  }

  /** Draws a part of the map, as dash-leaflet does from an address. */
  function draw(part, url, options) {
    if (groups[part]) groups[part].remove();
    delete groups[part];
    if (!url) return;
    const { each, toLayer, ...rest } = options;
    const context = { map: state.map, url, id: part, hideout: options.hideout };
    groups[part] = window.L.geoJSON(files[url], {
      ...rest,
      onEachFeature: each && function (feature, layer) { each(feature, layer, context); },
      pointToLayer: toLayer && function (feature, latlng) { return toLayer(feature, latlng, context); },
    }).addTo(state.map);
  }

  const parts = {
    around: { style: atlas.backgroundStyle, pane: "around", interactive: false },
    zones: { style: atlas.zoneStyle, pane: "zones", each: atlas.eachZone },
    communes: { style: atlas.communeStyle, pane: "communes", each: atlas.eachCommune },
    limits: { style: atlas.epciLimit, pane: "limits", each: atlas.eachLine, interactive: false },
    outline: { style: atlas.departementLimit, pane: "limits", each: atlas.eachLine, interactive: false },
  };

  const setters = {
    place: function ({ data }) { showPlace(data); },
    layers: function ({ data }) { page.show_layers(data, urls); },
    points: function ({ url }, { layer }) {
      draw("points-" + layer, url, {
        pane: "points", toLayer: atlas.point, each: atlas.eachPoint, hideout: contents.points[layer],
      });
    },
    zones: function ({ url }) { draw("zones", url, parts.zones); },
    search: function ({ data }) { if (data) window.atlasOffline.options = data; },
  };

  function chooseTheme() {
    const list = document.getElementById("theme");
    list.append(...contents.themes.map(function (theme) {
      return atlas.element("option", { value: theme.id }, theme.title);
    }));
    list.addEventListener("change", function () { showTheme(list.value); });
    if (contents.themes.length) showTheme(contents.themes[0].id);
  }

  /** Called by folium's script for each part of its map, then once when all are there. */
  return {
    setters,
    options: [],

    draw: function (map, part, url) {
      atlas.adopt(map);
      draw(part, url, parts[part]);
    },

    open: function () {
      fill("layer-list", contents.layers);
      fill("footer", contents.footer);
      chooseTheme();
      page.show_layers([], urls);
      page.show_layers(contents.shown, urls);
      showPlace(contents.place);
      atlas.loadSearch("search");
      atlas.titlePage(document.title.split(" – ")[0]);
    },
  };
})();
