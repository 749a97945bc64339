/* The map from the keyboard: one stop; arrows go from perimeter to perimeter, Enter selects. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const DIRECTIONS = {
    ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
  };
  const KEYS = new Set([...Object.keys(DIRECTIONS), "Enter", "+", "=", "-", "p", "P"]);
  const SPOKEN = new Set(["mapPane", "popupPane"]);
  const STEP = 120;

  function registry() {
    return state.zones[state.theme.level === "commune" ? "communes" : "zones"];
  }

  let anchors = {};

  function centre(map, code) {
    const at = anchors[code];
    return at ? map.latLngToContainerPoint([at[1], at[0]]) : null;
  }

  /** The nearest perimeter in a direction: a detour sideways counts twice. */
  function next(map, from, [dx, dy]) {
    let best = null;
    let least = Infinity;
    for (const code of registry().keys()) {
      const point = centre(map, code);
      if (!point) continue;
      const ahead = (point.x - from.x) * dx + (point.y - from.y) * dy;
      const aside = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx);
      const cost = ahead + 2 * aside;
      if (ahead > 1 && aside <= 2 * ahead && cost < least) [best, least] = [code, cost];
    }
    return best;
  }

  function start(map) {
    const code = state.place ? state.place.split(":")[1] : null;
    return registry().has(code) ? code : nearestToMiddle(map);
  }

  function nearestToMiddle(map) {
    const middle = map.getSize().divideBy(2);
    const codes = [...registry().keys()].filter(function (code) { return centre(map, code); });
    return codes.reduce(function (best, code) {
      return centre(map, code).distanceTo(middle) < centre(map, best).distanceTo(middle) ? code : best;
    });
  }

  function leave() {
    const layer = state.active && registry().get(state.active);
    if (layer) layer.fire("mouseout");
    state.active = null;
  }

  function enter(map, code) {
    leave();
    const layer = registry().get(code);
    if (!layer) return;
    const [longitude, latitude] = anchors[code];
    const latlng = window.L.latLng(latitude, longitude);
    state.active = code;
    if (!map.getBounds().pad(-0.1).contains(latlng)) map.panTo(latlng, { animate: false });
    layer.fire("mouseover", { latlng });
    atlas.announce(layer.feature.properties.name + ", "
      + atlas.valueOf(code));
  }

  let opened = null;

  /** Opens the popup of the next point that is seen, from north to south; P again goes on. */
  function openPoint(map, step) {
    const points = atlas.pointsSeen(map);
    if (!points.length) return atlas.announce("Aucun point n’est affiché ici.");
    const at = points.indexOf(opened) + step;
    opened = points.at(at % points.length);
    map.closePopup();
    opened.fire("click", { latlng: atlas.standing(opened) }, true);
    if (opened.gathered) return atlas.announce(opened.gathered + " groupés\u00a0: la carte s’en approche.");
    const popup = [...document.querySelectorAll("#map .popup")].pop();
    if (popup) atlas.announce(popup.innerText);
  }

  async function onKey(map, event) {
    if (event.target !== map.getContainer() || !state.theme || event.altKey || event.ctrlKey) return;
    if (KEYS.has(event.key)) event.preventDefault();
    anchors = await atlas.anchors(state.theme.level);
    const direction = DIRECTIONS[event.key];
    if (direction && event.shiftKey) map.panBy([direction[0] * STEP, direction[1] * STEP]);
    else if (direction) {
      const code = state.active ? next(map, centre(map, state.active), direction) : start(map);
      if (code) enter(map, code);
    } else if (event.key === "Enter" && state.active) {
      atlas.pick(state.theme.level + ":" + state.active);
    } else if (event.key === "p" || event.key === "P") openPoint(map, event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") leave();
    else if (event.key === "+" || event.key === "=") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
  }

  /** What is said at the pointer goes away on Escape, wherever the focus is. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !state.map) return;
    atlas.hushZone();
    state.map.closePopup();
    state.map.eachLayer(function (layer) { if (layer.closeTooltip) layer.closeTooltip(); });
  });

  atlas.withMap(function (map) {
    const container = map.getContainer();
    container.tabIndex = 0;
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", "Carte du Pas-de-Calais");
    container.setAttribute("aria-describedby", "map-help");
    container.addEventListener("keydown", function (event) { onKey(map, event); });
    container.addEventListener("blur", leave);
    for (const [name, pane] of Object.entries(map.getPanes())) {
      if (!SPOKEN.has(name)) pane.setAttribute("aria-hidden", "true");
    }
  });
})();
