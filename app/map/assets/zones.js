/* Perimeters on the map: colour, hatching, circles, what the pointer says. Leaflet calls these. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const INK = atlas.colour("ink");
  const LAND = atlas.colour("land");
  const HAIRLINE = { color: atlas.colour("hairline"), weight: 0.4, opacity: 0.9 };
  const BORDER = { color: atlas.colour("paper"), weight: 1, opacity: 1 };
  const HATCH = "url(#no-data)";

  /** Index of the class that holds a value: [a ; b[, the last one closed. */
  function classOf(value, bounds) {
    for (let i = bounds.length - 2; i >= 0; i -= 1) {
      if (value >= bounds[i]) return i;
    }
    return 0;
  }

  function fillOf(code, theme) {
    if (theme.fillOf) return theme.fillOf(code);
    const value = theme.values[code];
    if (value === undefined) return HATCH;
    if (theme.drawing === "cercles" || (value === 0 && theme.zero_apart)) return LAND;
    return theme.colours[classOf(value, theme.bounds)];
  }

  function filled(code, border) {
    const fill = state.theme ? fillOf(code, state.theme) : LAND;
    return { ...border, fill: true, fillColor: fill, fillOpacity: 1 };
  }

  atlas.communeStyle = function (feature) {
    const carries = state.theme && state.theme.level === "commune";
    if (carries) return filled(feature.properties.code, HAIRLINE);
    return { ...HAIRLINE, opacity: 0.5, fill: true, fillColor: LAND, fillOpacity: 0 };
  };

  atlas.zoneStyle = function (feature) {
    return filled(feature.properties.code, BORDER);
  };

  /** Radius in pixels of a circle whose area is proportional to its value. */
  atlas.radius = function (value, scale) {
    return scale.radius * Math.sqrt(Math.max(value, 0) / scale.largest);
  };

  function perimeterOf(feature) {
    return state.theme.level + ":" + feature.properties.code;
  }

  function tooltip() {
    if (!state.tooltip) {
      state.tooltip = window.L.tooltip({ className: "tip", direction: "top", offset: [0, -10] });
    }
    return state.tooltip;
  }

  function say(feature, latlng) {
    if (!state.theme) return;
    tooltip().setContent(atlas.element("div", null,
      atlas.element("strong", null, feature.properties.name),
      atlas.element("span", null, atlas.valueOf(feature.properties.code)),
    )).setLatLng(latlng);
    if (!state.map.hasLayer(tooltip())) tooltip().addTo(state.map);
  }

  atlas.tellZone = say;

  atlas.hushZone = function () {
    if (state.tooltip) state.tooltip.remove();
  };

  /** What a perimeter carries, in words. */
  atlas.valueOf = function (code) {
    const theme = state.theme;
    return theme.tell ? theme.tell(code) : atlas.quantity(theme.values[code], theme);
  };

  /** What a press on a perimeter does, and a click. */
  atlas.expect = function (place) { atlas.expectSheet(place); };
  atlas.pick = function (place) { atlas.choose(place); };

  function carries(registry) {
    return state.theme && (registry === "communes") === (state.theme.level === "commune");
  }

  const told = {};

  /** Tells once that a part of the map is drawn, when the last of its features has come. */
  function tellDrawn(part, url) {
    if (told[part] === url) return;
    told[part] = url;
    setTimeout(function () { atlas.drawn(part, url); }, 0);
  }

  function hear(part, feature, layer, style) {
    layer.on({
      mouseover: function (event) {
        const finger = event.originalEvent && atlas.touch();
        if (finger || !carries(part)) return;
        layer.setStyle({ color: INK, weight: 1.6, opacity: 1 }).bringToFront();
        say(feature, event.latlng);
      },
      mousemove: function (event) { if (carries(part)) tooltip().setLatLng(event.latlng); },
      mouseout: function () {
        layer.setStyle(style(feature));
        atlas.hushZone();
      },
      mousedown: function () { if (carries(part)) atlas.expect(perimeterOf(feature)); },
      click: function () { if (carries(part)) atlas.pick(perimeterOf(feature)); },
    });
  }

  function register(part, style) {
    return function (feature, layer, context) {
      atlas.adopt(context.map);
      state.zones[part].set(feature.properties.code, layer);
      hear(part, feature, layer, style);
      tellDrawn(part, context.url);
    };
  }

  atlas.eachCommune = register("communes", atlas.communeStyle);
  atlas.eachZone = register("zones", atlas.zoneStyle);

  /** For the lines that only have to tell that they are there. */
  atlas.eachLine = function (feature, layer, context) {
    tellDrawn(context.id, context.url);
  };

  /** Draws a theme on what is there; a layer that arrives later takes its style from the theme. */
  atlas.paint = function (theme) {
    state.theme = theme;
    for (const [registry, style] of [["communes", atlas.communeStyle], ["zones", atlas.zoneStyle]]) {
      for (const [code, layer] of state.zones[registry]) {
        if (layer._map) layer.setStyle(style(layer.feature));
        else state.zones[registry].delete(code);
      }
    }
    atlas.withMap(function (map) {
      map.getContainer().dataset.level = theme.level;
      document.getElementById("shell").dataset.drawing = theme.drawing;
      drawCircles(map, theme);
    });
  };

  async function drawCircles(map, theme) {
    if (!state.circles) state.circles = window.L.layerGroup().addTo(map);
    const anchors = theme.drawing === "cercles" ? await atlas.anchors(theme.level) : {};
    if (state.theme !== theme) return;
    state.circles.clearLayers();
    const colour = atlas.colour(theme.money ? "money" : "plain");
    const biggestFirst = Object.entries(anchors)
      .map(function ([code, at]) { return [theme.values[code], at]; })
      .filter(function ([value]) { return value > 0; })
      .sort(function (a, b) { return b[0] - a[0]; });
    for (const [value, [longitude, latitude]] of biggestFirst) {
      const radius = atlas.radius(value, theme);
      window.L.circleMarker([latitude, longitude], {
        pane: "circles", interactive: false, radius, color: colour, weight: radius < 5 ? 0.7 : 1.2,
        fillColor: colour, fillOpacity: 0.3,
      }).addTo(state.circles);
    }
  }

  /** The style of what lies under and over the perimeters. */
  atlas.backgroundStyle = function (feature) {
    const styles = {
      neighbour: {
        color: atlas.colour("rule"), weight: 0.5, fillColor: atlas.colour("land-abroad"), fillOpacity: 1,
      },
      strip: { stroke: false, fillColor: atlas.colour("land-abroad"), fillOpacity: 1 },
      outside: { color: INK, weight: 0.9, opacity: 0.55, dashArray: "3 3", fill: false },
    };
    return styles[feature.properties.kind];
  };

  atlas.epciLimit = function () {
    return { color: INK, weight: 0.8, opacity: 0.6, fill: false };
  };

  atlas.departementLimit = function () {
    return { color: INK, weight: 1.6, opacity: 0.9, fill: false };
  };
})();
