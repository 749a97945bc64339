/* The table: its scripts come when it is first opened; cells, order and row choice in French. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const collator = new Intl.Collator("fr", { numeric: true });
  const functions = window.dashAgGridFunctions = window.dashAgGridFunctions || {};

  functions.atlasCell = function (value, decimals) {
    return value === null || value === undefined ? "n.\u00a0d." : atlas.number(value, decimals);
  };

  functions.atlasCollate = function (a, b) {
    return collator.compare(a, b);
  };

  functions.atlasTableTheme = function (theme) {
    return theme.withParams({
      fontFamily: "'Atlas Sans', sans-serif", fontSize: 15, headerFontSize: 13,
      wrapperBorder: false, accentColor: atlas.colour("selection"),
      backgroundColor: atlas.colour("paper"), foregroundColor: atlas.colour("ink"),
      headerBackgroundColor: atlas.colour("paper-2"), borderColor: atlas.colour("rule"),
      selectedRowBackgroundColor: atlas.colour("selection-tint"), wrapperBorderRadius: 0,
    });
  };

  function load(url) {
    return new Promise(function (done, failed) {
      const script = atlas.element("script", { src: url });
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
  }

  let scripts = null;

  function loadScripts() {
    scripts = scripts || Promise.all(document.body.dataset.tableScripts.split(" ").map(load));
    return scripts;
  }

  atlas.tableIsOpen = function () {
    const shell = document.getElementById("shell");
    return Boolean(shell) && shell.dataset.table === "open";
  };

  atlas.openTable = function (open) {
    document.getElementById("shell").dataset.table = open ? "open" : "closed";
    document.getElementById("table-toggle").setAttribute("aria-expanded", String(open));
    if (state.map) setTimeout(function () { state.map.invalidateSize(); }, 0);
    if (!open) return;
    loadScripts().then(function () {
      const store = document.getElementById("shell").dataset.tableStore || "table-level";
      atlas.set(store, { data: state.theme ? state.theme.level : "epci" });
    }, function () {
      scripts = null;
      atlas.announce("Le tableau n’a pas pu être chargé : réessayez.");
    });
  };

  document.addEventListener("click", function (event) {
    if (event.target.closest("#table-toggle")) atlas.openTable(!atlas.tableIsOpen());
  });

  /** Marks the row of the selected place and brings it into view. */
  atlas.markRow = function () {
    if (!atlas.tableIsOpen() || !state.place || !document.getElementById("table")) return;
    const [level, code] = state.place.split(":");
    const shown = state.theme && state.theme.level === level;
    atlas.set("table", { selectedRows: { ids: shown ? [code] : [] }, ...(shown && { scrollTo: { rowId: code } }) });
  };

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** A row chosen by hand → its place. */
    choose_row: function (rows, level) {
      if (!Array.isArray(rows) || !rows.length) return;
      const place = level + ":" + rows[0].code;
      if (place !== state.place) atlas.choose(place);
    },
  };
})();
