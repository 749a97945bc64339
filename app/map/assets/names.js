/* Names on the map: the larger towns first, none over another; seas and neighbours in their place. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;

  const HEIGHT = 16;
  const DOT = 7;
  const ROOM = 6;
  const MANY = 100;
  const EDGE = 30;
  const WIDE = 12;
  const ASIDE = 18;
  const SMALLEST = [[8.5, 12000], [9.25, 7000], [10, 4500], [10.75, 2500], [11.5, 1200], [12.25, 500]];

  const pen = document.createElement("canvas").getContext("2d");

  function width(name) {
    pen.font = '500 13px "Atlas Sans", sans-serif';
    return pen.measureText(name).width + DOT;
  }

  /** Population from which a town is named at a zoom. */
  function threshold(zoom) {
    const step = SMALLEST.find(function ([limit]) { return zoom < limit; });
    return step ? step[1] : 0;
  }

  function overlaps(box, others) {
    return others.some(function (other) {
      return box.left < other.right && box.right > other.left
        && box.top < other.bottom && box.bottom > other.top;
    });
  }

  /** Where a name may stand; beside the mark when its town carries one. */
  function boxes(point, text, aside) {
    const right = { left: point.x + aside - ROOM, right: point.x + aside + text + ROOM };
    const left = { left: point.x - aside - text - ROOM, right: point.x - aside + ROOM };
    return [["right", right], ["left", left]].map(function ([side, box]) {
      return [side, { ...box, top: point.y - HEIGHT / 2, bottom: point.y + HEIGHT / 2 }];
    });
  }

  function town(name, side, latlng, aside) {
    const label = atlas.element("span", { class: "town town-" + side + (aside ? " town-aside" : "") }, name);
    return window.L.marker(latlng, {
      icon: window.L.divIcon({ className: "mark", html: label, iconSize: [0, 0] }),
      interactive: false, keyboard: false, pane: "names",
    });
  }

  /** A sea or a neighbour, at the first of its places that the map shows whole. */
  function region(map, { name, kind, places }) {
    const size = map.getSize();
    const half = name.length * WIDE / 2;
    const at = places.map(function ([longitude, latitude]) { return [latitude, longitude]; })
      .find(function (latlng) {
        const point = map.latLngToContainerPoint(latlng);
        return point.x > half && point.x < size.x - half && point.y > EDGE && point.y < size.y - EDGE;
      });
    if (!at) return null;
    const label = atlas.element("span", { class: "region region-" + kind }, name);
    return window.L.marker(at, {
      icon: window.L.divIcon({ className: "mark", html: label, iconSize: [0, 0] }),
      interactive: false, keyboard: false, pane: "names",
    });
  }

  /** What stands over the map: its title and its buttons. */
  function covered(map) {
    const corner = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll(".map-title, .zoom")].map(function (over) {
      const { left, right, top, bottom } = over.getBoundingClientRect();
      return {
        left: left - corner.left, right: right - corner.left,
        top: top - corner.top, bottom: bottom - corner.top,
      };
    });
  }

  /** Places the names that fit in what the map shows, towns from the largest down. */
  function place(map, towns, group) {
    group.clearLayers();
    const smallest = threshold(map.getZoom());
    const seen = map.getBounds().pad(-0.01);
    const marks = atlas.marks(map);
    const taken = [...covered(map), ...(marks.length < MANY ? marks : [])];
    for (const [name, longitude, latitude, population] of towns) {
      if (population < smallest) break;
      const latlng = window.L.latLng(latitude, longitude);
      if (!seen.contains(latlng)) continue;
      const point = map.latLngToContainerPoint(latlng);
      const aside = overlaps({ left: point.x, right: point.x, top: point.y, bottom: point.y }, marks) ? ASIDE : 0;
      const free = boxes(point, width(name), aside).find(function ([, box]) { return !overlaps(box, taken); });
      if (!free) continue;
      taken.push(free[1]);
      town(name, free[0], latlng, aside).addTo(group);
    }
  }

  /** Until the towns are there, there is nothing to write again. */
  atlas.renameTowns = function () {};

  atlas.nameTowns = function (map, url) {
    Promise.all([atlas.fetchOnce(url), document.fonts.ready]).then(function ([names]) {
      const group = window.L.layerGroup().addTo(map);
      function refresh() {
        place(map, names.towns, group);
        for (const one of names.regions) {
          const label = region(map, one);
          if (label) label.addTo(group);
        }
      }
      map.on("moveend", refresh);
      atlas.renameTowns = refresh;
      refresh();
    });
  };
})();
