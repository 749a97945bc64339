/* Operations: the period and the ambitions that are chosen, and which marks stay on the map for them. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;
  const LAYER = "operations";

  let choice = { period: null, ambitions: null };
  let kept = null;
  let maybe = new Set();
  const marks = new Map();

  function choose(change) {
    const next = { ...choice, ...change };
    if (next.period !== choice.period || next.ambitions !== choice.ambitions) atlas.set("operations", { data: next });
  }

  /** What operations are filtered by, for the table. */
  atlas.operationChoice = function () {
    return choice;
  };

  function bound(part) {
    return document.querySelector("[data-period=" + part + "]");
  }

  /** The semesters from one to another; without one of them, from the first or to the last there is. */
  atlas.choosePeriod = function (from, to) {
    if (!from && !to) choose({ period: null });
    else {
      const all = [...bound("from").options].map(function (option) { return option.value; }).filter(Boolean);
      const ends = [from || all[0], to || all[all.length - 1]].sort();
      choose({ period: ends.join(",") });
    }
  };

  function chooseAmbitions() {
    const ticked = [...document.querySelectorAll("[data-ambition]:checked")];
    choose({ ambitions: ticked.map(function (box) { return box.value; }).join(",") || null });
  }

  function showForm() {
    const [from, to] = (choice.period || ",").split(",");
    if (!bound("from")) return;
    bound("from").value = from;
    bound("to").value = to;
    const asked = new Set((choice.ambitions || "").split(","));
    for (const box of document.querySelectorAll("[data-ambition]")) box.checked = asked.has(box.value);
  }

  document.addEventListener("change", function (event) {
    if (event.target.dataset.period) atlas.choosePeriod(bound("from").value, bound("to").value);
    else if (event.target.dataset.ambition) chooseAmbitions();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-clear=operations]")) choose({ period: null, ambitions: null });
  });

  function narrow(mark) {
    const properties = mark.feature.properties;
    const items = properties.all.filter(function (item) { return !kept || kept.has(item.key); });
    properties.items = items;
    properties.count = items.length;
    properties.amount = items.reduce(function (sum, item) { return sum + item.amount; }, 0);
    mark.hidden = !items.length;
    if (!state.map || !mark.parent()) return;
    if (mark.hidden) state.map.removeLayer(mark.layer);
    else {
      mark.redraw(items.every(function (item) { return maybe.has(item.key); }));
      if (!state.map.hasLayer(mark.layer)) state.map.addLayer(mark.layer);
    }
  }

  /** A mark of the layer: it is hidden, smaller or dashed as the choice of operations wants it. */
  atlas.registerMark = function (feature, layer, redraw, context) {
    if (context.hideout.layer !== LAYER) return;
    const properties = feature.properties;
    properties.all = properties.all || properties.items;
    const mark = { feature, layer, redraw, hidden: false, parent: function () { return marks.get(key) === mark; } };
    const key = feature.geometry.coordinates.join() + properties.shape;
    marks.set(key, mark);
    layer.on("add", function () { if (mark.hidden) setTimeout(function () { layer.remove(); }, 0); });
    if (kept) setTimeout(function () { narrow(mark); }, 0);
  };

  /** Shows an operation where it is, and what is known of it. */
  atlas.openOperation = function (key) {
    for (const mark of marks.values()) {
      if (mark.hidden || !mark.feature.properties.items.some(function (item) { return item.key === key; })) continue;
      if (!state.map.hasLayer(mark.layer)) break;
      state.guided = true;
      const [longitude, latitude] = mark.feature.geometry.coordinates;
      const zoom = Math.max(state.map.getZoom(), 10);
      state.map.setView([latitude, longitude], zoom, { animate: false });
      mark.layer.openPopup();
      return;
    }
    state.opening = key;
    atlas.showLayer(LAYER);
  };

  function showCount(shown) {
    const box = document.querySelector("[data-layer=" + LAYER + "]");
    const number = box && box.closest("label").querySelector(".number");
    if (number) number.textContent = shown.keys ? shown.keys.length + " / " + shown.total : String(shown.total);
  }

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** What is kept → the marks of the map, their number, the form, the table. */
    show_operations: function (shown) {
      if (!shown) return;
      const first = kept === null && !shown.keys;
      choice = shown.choice;
      kept = shown.keys ? new Set(shown.keys) : null;
      maybe = new Set(shown.maybe);
      showForm();
      showCount(shown);
      if (first) return;
      marks.forEach(narrow);
      atlas.announce(shown.sentence);
      atlas.refreshTable();
    },
  };
})();
