/* Points, each drawn for what it is: filled pin, hollow pin, counted square; circles for money. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;
  const element = atlas.element;

  const PIN = 22;
  const PERIMETERS = {
    contrats: { color: atlas.colour("money"), weight: 2.5, opacity: 0.9 },
    contrats_ville: { color: "#5b3f8c", weight: 2.2, opacity: 0.9, dashArray: "6 4" },
  };

  state.perimeters = {};

  function icon(mark, size) {
    return window.L.divIcon({ className: "mark", html: mark, iconSize: [size, size] });
  }

  /** Filled for an address or a site, hollow for a street, a square with its count for a commune. */
  function mark(properties, hideout) {
    const shape = properties.shape;
    const text = shape === "square" ? String(properties.count) : hideout.letter;
    const pin = element("span", { class: "pin pin-" + shape }, element("span", null, text));
    pin.style.setProperty("--colour", hideout.colour);
    return pin;
  }

  atlas.point = function (feature, latlng, context) {
    atlas.adopt(context.map);
    const pin = window.L.marker(latlng, {
      icon: icon(mark(feature.properties, context.hideout), PIN), keyboard: false, pane: "points",
    });
    if (!context.hideout.circles) return pin;
    const amount = feature.properties.amount;
    const circle = window.L.circleMarker(latlng, {
      pane: "circles", className: "amount", radius: atlas.radius(amount, context.hideout), color: context.hideout.colour,
      weight: 2, fillColor: "#fff", fillOpacity: 0.55, bubblingMouseEvents: false,
    });
    const group = window.L.featureGroup([circle, pin]);
    atlas.registerMark(feature, group, function (doubtful) {
      pin.setIcon(icon(mark(feature.properties, context.hideout), PIN));
      circle.setRadius(atlas.radius(feature.properties.amount, context.hideout));
      circle.setStyle({ dashArray: doubtful ? "5 4" : null });
    }, context);
    return group;
  };

  /** Points too many to be told apart from here: a square with their count, that a click goes to. */
  atlas.cluster = function (feature, latlng, index, context) {
    const count = feature.properties.point_count;
    const size = count < 100 ? 30 : count < 1000 ? 36 : 44;
    const square = element("span", { class: "pin pin-cluster" }, element("span", null, atlas.number(count, 0)));
    square.style.setProperty("--colour", context.hideout.colour);
    return Object.assign(window.L.marker(latlng, {
      icon: icon(square, size), keyboard: false, pane: "points",
    }), { gathered: count + "\u00a0" + context.hideout.plural });
  };

  function line(name, text) {
    return text ? element("p", { class: name }, text) : null;
  }

  function item(entry) {
    return element("li", null,
      element("strong", null, entry.title),
      line("popup-amount", entry.amount_text),
      line("popup-summary", entry.summary),
      line("popup-note", entry.note),
      line("popup-note", entry.district),
    );
  }

  /** What a point says when it is opened; all of it text nodes. */
  atlas.popup = function (properties, hideout) {
    const items = properties.items;
    const head = properties.count > 1 ? properties.count + "\u00a0" + hideout.plural : hideout.singular;
    const unlisted = properties.count - items.length;
    const place = "commune:" + properties.commune_code;
    return element("div", { class: "popup" },
      element("p", { class: "popup-kind" }, head + ", " + properties.commune),
      element("ul", null, ...items.map(item)),
      line("popup-note", unlisted > 0 ? "Et " + unlisted + " de plus, dans le tableau à télécharger." : ""),
      line("popup-precision", properties.precision_text),
      // a commune across the border has no sheet
      properties.commune_code.startsWith("62") && element("button", { type: "button", class: "link", "data-place": place },
        "Ouvrir la fiche\u00a0: " + properties.commune),
    );
  };

  function pins(map) {
    const found = [];
    map.eachLayer(function (layer) {
      if (layer instanceof window.L.Marker && layer.options.pane === "points") found.push(layer);
    });
    return found;
  }

  /** Where marks stand, so that no name is written on one. */
  atlas.marks = function (map) {
    return pins(map).map(function (pin) {
      const point = map.latLngToContainerPoint(pin.getLatLng());
      const half = pin.gathered ? pin.options.icon.options.iconSize[0] / 2 : 9;
      return { left: point.x - half, right: point.x + half, top: point.y - half, bottom: point.y + half };
    });
  };

  function areas(map) {
    const seen = map.getBounds();
    return Object.values(state.perimeters).filter(function (group) { return map.hasLayer(group); })
      .flatMap(function (group) { return group.getLayers(); })
      .flatMap(function (drawn) { return drawn.getLayers(); })
      .filter(function (area) { return area.getPopup() && seen.intersects(area.getBounds()); });
  }

  /** Where a point stands; an area is opened in its middle. */
  atlas.standing = function (layer) {
    return layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
  };

  /** The points and the areas that people brought that the map shows, from north to south. */
  atlas.pointsSeen = function (map) {
    const seen = map.getBounds();
    return pins(map)
      .filter(function (pin) { return seen.contains(pin.getLatLng()); })
      .concat(areas(map))
      .sort(function (a, b) { return atlas.standing(b).lat - atlas.standing(a).lat; });
  };

  /** Binds what is said of something, never wider or taller than the map has room for. */
  function bindBounded(layer, map, properties, words) {
    layer.bindPopup(function () { return atlas.popup(properties, words); }, {
      maxWidth: Math.min(320, map.getSize().x - 72), maxHeight: 320, autoPanPadding: [24, 24],
    });
    layer.on("popupopen", function (event) {
      event.popup.options.maxHeight = Math.max(120, Math.min(320, map.getSize().y - 96));
      event.popup.update();
    });
  }

  atlas.eachPoint = function (feature, layer, context) {
    clearTimeout(state.renaming);
    state.renaming = setTimeout(function () { atlas.renameTowns(); }, 0);
    if (feature.properties.cluster) return;
    bindBounded(layer, context.map, feature.properties, context.hideout);
    layer.on("mouseover", function () {
      if (atlas.touch()) return;
      const first = feature.properties.items[0];
      const more = feature.properties.count - 1;
      layer.bindTooltip(element("div", null,
        element("strong", null, first.title),
        element("span", null, more ? "et " + more + " autre" + (more > 1 ? "s" : "") : first.amount_text),
      ), { className: "tip", direction: "top", offset: [0, -10] }).openTooltip();
    });
    layer.on("popupopen", function () {
      if (context.hideout.layer === "operations") atlas.markOperation(feature.properties.items[0].key);
    });
    if (state.opening && feature.properties.items.some(function (one) { return one.key === state.opening; })) {
      state.opening = null;
      layer.once("add", function () { layer.openPopup(); });
    }
  };

  /** Perimeters of contracts: an outline over everything, without a fill that would hide values. */
  async function drawPerimeters(map, layer, perimeters) {
    const group = state.perimeters[layer] = state.perimeters[layer] || window.L.layerGroup();
    group.clearLayers().addTo(map);
    for (const place of perimeters) {
      const feature = await atlas.outlineOf(place);
      window.L.geoJSON(feature, {
        pane: "perimeters", interactive: false, style: { ...PERIMETERS[layer], fill: false },
      }).addTo(group);
    }
  }

  /** Areas that people brought: an outline and a light fill, to be opened as points are. */
  async function drawAreas(map, layer, url) {
    const group = state.perimeters[layer] = state.perimeters[layer] || window.L.layerGroup();
    group.addTo(map);
    const brought = await atlas.fetchOnce(url);
    group.clearLayers();
    window.L.geoJSON(brought, {
      pane: "perimeters", style: { color: brought.colour, weight: 1.5, fillOpacity: 0.15 },
      onEachFeature: function (feature, area) { bindBounded(area, map, feature.properties, brought); },
    }).addTo(group);
  }

  function showPoints(layer, url) {
    window.dash_clientside.set_props({ kind: "points", layer }, { url });
  }

  let shown = null;

  /** Adds a layer to those that are shown. */
  atlas.showLayer = function (layer) {
    if (shown && !shown.has(layer) && state.urls.points[layer]) {
      atlas.set("layers", { data: [...shown, layer] });
    }
  };

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** Ticked layers → files of points, outlines of contracts; the layout did the first ones. */
    show_layers: function (layers, urls) {
      state.urls = urls;
      const before = shown;
      shown = new Set(layers);
      for (const box of document.querySelectorAll("[data-layer]")) box.checked = shown.has(box.dataset.layer);
      for (const [layer, url] of Object.entries(before ? urls.points : {})) {
        if (before.has(layer) !== shown.has(layer)) showPoints(layer, shown.has(layer) ? url : "");
      }
      atlas.withMap(function (map) {
        for (const [layer, perimeters] of Object.entries(urls.perimeters)) {
          if (shown.has(layer)) drawPerimeters(map, layer, perimeters);
          else if (state.perimeters[layer]) state.perimeters[layer].remove();
        }
        for (const [layer, url] of Object.entries(urls.areas || {})) {
          if (shown.has(layer) && url) drawAreas(map, layer, url);
          else if (state.perimeters[layer]) state.perimeters[layer].remove();
        }
      });
      return window.dash_clientside.no_update;
    },
  };

  /** Points that came before the map was framed were gathered in no frame. */
  document.addEventListener("drawn", function () { state.map.fire("moveend"); }, { once: true });

  /** Far out, pins are dots and hairlines faint: the style sheet reads the zoom from the container. */
  atlas.withMap(function (map) {
    function note() {
      map.getContainer().dataset.near = map.getZoom() >= 11 ? "yes" : "no";
      map.getContainer().dataset.far = map.getZoom() < 8.75 ? "yes" : "no";
    }
    map.on("zoomend", note);
    note();
  });
})();
