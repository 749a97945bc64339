/* Search: places and objects by name in any spelling; the index comes after the map. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const MOST = 12;
  const AFTER_THE_MAP = 250;
  const WORDS = { st: "saint", ste: "sainte" };

  let entries = new Map();

  /** One spelling to compare by: no accents, no hyphens, no apostrophes, Saint written out. */
  function plain(text) {
    return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim().split(" ")
      .map(function (word) { return WORDS[word] || word; }).join(" ");
  }

  /** Lower is better; null when some word of the query begins no word of the name. */
  function rank(query, entry) {
    if (entry.plain === query) return 0;
    if (entry.plain.startsWith(query)) return 1;
    const words = entry.plain.split(" ");
    const all = query.split(" ").every(function (part) {
      return words.some(function (word) { return word.startsWith(part); });
    });
    return all ? 2 : entry.plain.includes(query) ? 3 : null;
  }

  /** Rank of the best entries of a query, by value. */
  function best(text) {
    const query = plain(text);
    const found = [];
    if (!query) return new Map();
    for (const entry of entries.values()) {
      const score = rank(query, entry);
      if (score !== null) found.push([entry.value, score]);
    }
    return new Map(found.sort(function (a, b) { return a[1] - b[1]; }).slice(0, MOST));
  }

  window.dashMantineFunctions.atlasSearch = function ({ options, search }) {
    const ranks = best(search);
    function rankOf(item) { return ranks.get(item.value); }
    return options
      .map(function ({ group, items }) {
        const kept = items.filter(function (item) { return ranks.has(item.value); });
        return { group, items: kept.sort(function (a, b) { return rankOf(a) - rankOf(b); }) };
      })
      .filter(function ({ items }) { return items.length; })
      .sort(function (a, b) { return rankOf(a.items[0]) - rankOf(b.items[0]); });
  };

  window.dashMantineFunctions.atlasOption = function ({ option }) {
    const h = window.React.createElement;
    const entry = entries.get(option.value);
    return h("span", { className: "found" },
      h("span", null, option.label),
      h("span", { className: "found-detail" }, entry ? entry.detail : ""));
  };

  function load(url) {
    return atlas.fetchOnce(url).then(function (groups) {
      entries = new Map();
      return groups.map(function ({ group, items }) {
        return {
          group,
          items: items.map(function ([value, label, detail, at]) {
            entries.set(value, { value, label, detail, at, plain: plain(label) });
            return { value, label };
          }),
        };
      });
    });
  }

  function goTo(entry) {
    if (entry.value.includes("#")) {
      const [place, object] = entry.value.split("#");
      const [layer, key] = object.split("/");
      state.opening = key;
      atlas.showLayer(layer);
      atlas.choose(place);
    } else atlas.choose(entry.value);
  }

  /** Enter takes the marked entry, or the first: entries that came after the typing have no mark. */
  document.addEventListener("keydown", function (event) {
    if (event.target.id !== "search" || event.key !== "Enter") return;
    const option = document.querySelector("#menus [data-combobox-selected]")
      || document.querySelector("#menus [role=option]");
    if (!option) return;
    event.preventDefault();
    event.stopPropagation();
    option.click();
  }, { capture: true });

  /** Fills the box, once the map is there. */
  atlas.loadSearch = function (url) {
    atlas.withMap(function () {
      setTimeout(function () {
        load(url).then(function (data) { atlas.set("search", { data }); });
      }, AFTER_THE_MAP);
    });
  };

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** An entry chosen → the place it is or lies in; the box is emptied for the next search. */
    go_to_found: function (value) {
      const entry = value && entries.get(value);
      if (!entry) return;
      goTo(entry);
      atlas.set("search", { value: null });
    },
  };
})();
