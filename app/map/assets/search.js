/* Search: places, contracts and objects by name in any spelling; the index comes after the map. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const MOST = 14;
  const MOST_OF_A_KIND = 6;
  const QUIET = 700;
  const LEAVING = 200;

  let index = { entries: [], words: [] };
  let byValue = new Map();

  /** While a place is looked for to stand beside others: only those of the same level are offered. */
  let beside = null;

  function mayStandBeside(entry) {
    return entry.value.startsWith(beside.level) && !entry.value.includes("#") && !beside.shown.includes(entry.value);
  }

  function found(text) {
    if (!beside) return atlas.matching.find(index, text, null);
    if (!text.trim()) return index.entries.filter(mayStandBeside);
    return atlas.matching.find(index, text, mayStandBeside);
  }

  /** A few of each kind, the kind of the best one first. */
  function byKind(entries) {
    const kinds = new Map();
    const most = beside ? 100 : MOST;
    let count = 0;
    for (const entry of entries) {
      const kind = kinds.get(entry.kind) || [];
      if (count >= most) break;
      if (!beside && kind.length >= MOST_OF_A_KIND) continue;
      kinds.set(entry.kind, [...kind, entry]);
      count += 1;
    }
    return [...kinds].map(function ([group, items]) { return { group, items }; });
  }

  let saying = null;

  /** Tells those who listen how many there are, when the typing rests. */
  function tell(count, text) {
    clearTimeout(saying);
    if (!text.trim()) return;
    saying = setTimeout(function () {
      atlas.announce(count ? count + (count > 1 ? " résultats." : " résultat.") : "Aucun résultat.");
    }, QUIET);
  }

  let last = { search: null, kinds: [] };

  /** Asked at every drawing of the list, which is more often than the text changes. */
  window.dashMantineFunctions.atlasSearch = function ({ search }) {
    if (last.search === search && last.index === index && last.beside === beside) return last.kinds;
    const kinds = byKind(found(search));
    tell(kinds.reduce(function (sum, { items }) { return sum + items.length; }, 0), search);
    last = { search, index, beside, kinds };
    return kinds;
  };

  window.dashMantineFunctions.atlasOption = function ({ option }) {
    const h = window.React.createElement;
    const entry = byValue.get(option.value);
    return h("span", { className: "found" },
      h("span", null, option.label),
      h("span", { className: "found-detail" }, entry ? entry.detail : ""));
  };

  function load(url) {
    return atlas.fetchOnce(url).then(function (groups) {
      const entries = groups.flatMap(function ({ group, items, weights }) {
        return items.map(function ([value, label, detail], rank) {
          return { value, label, detail, kind: group, weight: weights ? weights[rank] : 0 };
        });
      });
      index = atlas.matching.makeIndex(entries);
      byValue = new Map(entries.map(function (entry) { return [entry.value, entry]; }));
      atlas.set("search", { data: groups.map(function ({ group, items }) {
        return { group, items: items.map(function ([value, label]) { return { value, label }; }) };
      }) });
      document.body.dataset.search = "ready";
    });
  }

  function goTo(entry) {
    const [place, object] = entry.value.split("#");
    if (object) {
      const [layer, key] = object.split("/");
      state.opening = key;
      atlas.showLayer(layer);
    } else if (place.startsWith("qpv:")) atlas.showLayer("qpv");
    atlas.choose(beside ? [...beside.shown, place].join(",") : place);
    if (atlas.phone()) {
      atlas.showSheetAt("half");
      document.getElementById("sheet").focus();
    }
  }

  function stopComparing() {
    if (!beside) return;
    atlas.set("search", { placeholder: beside.placeholder });
    beside = null;
  }

  /** Looks for a place to stand beside those that are shown, with the box that finds all places. */
  atlas.searchBeside = function (shown) {
    window.atlasFields(function () { lookBeside(shown, document.getElementById("search")); });
  };

  function lookBeside(shown, box) {
    beside = { shown: shown.split(","), level: shown.split(":")[0] + ":", placeholder: box.placeholder };
    atlas.set("search", { placeholder: "Comparer avec…" });
    box.focus();
    box.click();
  }

  /** Enter takes the marked entry, or the first: entries that came after the typing have no mark. */
  document.addEventListener("keydown", function (event) {
    if (event.target.id !== "search") return;
    if (event.key === "Escape") stopComparing();
    if (event.key !== "Enter") return;
    const option = document.querySelector("#menus [data-combobox-selected]")
      || document.querySelector("#menus [role=option]");
    if (!option) return;
    event.preventDefault();
    event.stopPropagation();
    option.click();
  }, { capture: true });

  document.addEventListener("focusout", function (event) {
    if (event.target.id === "search") setTimeout(function () {
      if (document.activeElement.id !== "search") stopComparing();
    }, LEAVING);
  });

  /** Fills the box as soon as it is one. */
  atlas.loadSearch = function (url) {
    function fill() { load(url).catch(function () { atlas.announce("La recherche n’est pas disponible."); }); }
    document.addEventListener("fields", fill, { once: true });
    document.addEventListener("focusin", function (event) {
      if (event.target.id === "search" && !byValue.size) fill();
    });
  };

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** An entry chosen → the place it is or lies in; the box is emptied for the next search. */
    go_to_found: function (value) {
      const entry = value && byValue.get(value);
      if (!entry) return;
      goTo(entry);
      stopComparing();
      atlas.set("search", { value: null });
    },
  };
})();
