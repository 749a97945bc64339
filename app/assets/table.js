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

  /** A table has a title: AG Grid gives its own none. */
  function nameGrid(id) {
    window.dash_ag_grid.getApiAsync(id).then(function () {
      const grid = document.querySelector("#" + id + " :is([role=grid], [role=treegrid])");
      if (grid) grid.setAttribute("aria-label", "Tableau des valeurs de la carte");
    });
  }

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

  let kind = "territoires";
  let begun = false;
  let asked = "";

  /** Asks for the rows of what is on the map, unless they are there. */
  atlas.refreshTable = function () {
    if (!atlas.tableIsOpen()) return;
    loadScripts().then(function () {
      const other = document.getElementById("shell").dataset.tableStore;
      nameGrid(other ? "gap-table" : "table");
      if (other) {
        atlas.set(other, { data: state.theme ? state.theme.level : "epci" });
        return;
      }
      const choice = state.theme ? state.theme.choice : null;
      const data = { kind, choice, operations: atlas.operationChoice() };
      const text = JSON.stringify([kind, kind === "operations" ? data.operations : [choice.level, choice.indicator]]);
      if (text === asked) return;
      asked = text;
      // a grid that is there keeps its order and its place: only columns and rows are changed
      data.made = Boolean(document.getElementById("table"));
      atlas.set("table-view", { data });
    }, function () {
      scripts = null;
      atlas.announce("Le tableau n’a pas pu être chargé : réessayez.");
    });
  };

  atlas.openTable = function (open, rows) {
    const shell = document.getElementById("shell");
    if (open === atlas.tableIsOpen() && (!rows || rows === kind)) return;
    if (rows && rows !== kind) {
      kind = rows;
      const columns = document.querySelector("#table .ag-center-cols-viewport");
      if (columns) columns.scrollLeft = 0;
    }
    shell.dataset.table = open ? "open" : "closed";
    document.getElementById("table-toggle").setAttribute("aria-expanded", String(open));
    atlas.withMap(function (map) { setTimeout(function () { map.invalidateSize(); }, 0); });
    if (!shell.dataset.tableStore) atlas.set("table-kind", { data: open ? kind : null });
    atlas.refreshTable();
  };

  /** A link to a file asks for the rows in the order that the table shows them in. */
  function sortLink(link) {
    const api = window.dash_ag_grid && window.dash_ag_grid.getApi("table");
    const sorted = api && api.getColumnState().find(function (column) { return column.sort; });
    const url = new URL(link.href);
    url.searchParams.delete("tri");
    link.href = url.pathname + url.search
      + (sorted ? (url.search ? "&" : "?") + "tri=" + sorted.colId + (sorted.sort === "desc" ? ",desc" : "") : "");
  }

  document.addEventListener("click", function (event) {
    const rows = event.target.closest("[data-table-rows]");
    const link = event.target.closest(".table-files a");
    if (event.target.closest("#table-toggle")) atlas.openTable(!atlas.tableIsOpen());
    else if (rows) atlas.openTable(true, rows.dataset.tableRows);
    else if (link) sortLink(link);
  });

  function mark(ids) {
    atlas.set("table", { selectedRows: { ids }, ...(ids.length && { scrollTo: { rowId: ids[0] } }) });
  }

  function shows(rows) {
    return atlas.tableIsOpen() && kind === rows && document.getElementById("table");
  }

  /** Marks the row of the selected place and brings it into view. */
  atlas.markRow = function () {
    if (!state.place || !shows("territoires")) return;
    const [level, code] = state.place.split(":");
    mark(state.theme && state.theme.level === level ? [code] : []);
  };

  let opened = null;

  /** Marks the row of an operation that was opened on the map. */
  atlas.markOperation = function (key) {
    opened = key;
    if (shows("operations")) mark([key]);
  };

  const cells = window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};

  /** When an operation runs: full where that is sure, pale where its dates leave it open. */
  cells.AtlasSpan = function (props) {
    const parts = props.value.map(function ([part, left, width], i) {
      return window.React.createElement("span", {
        key: i, className: "span-" + part, style: { left: left + "%", width: Math.max(width, 1) + "%" },
      });
    });
    const words = props.data.begin_text + " – " + props.data.end_text;
    return window.React.createElement("span", { className: "span-cell", title: words }, parts);
  };

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** What the address says of the table → open or closed; a phone that opens on it shows its panel. */
    show_table_kind: function (rows) {
      if (rows) atlas.openTable(true, rows);
      else if (atlas.tableIsOpen()) atlas.openTable(false);
      if (rows && !begun && atlas.phone()) atlas.showPanel("table-panel");
      begun = true;
      return window.dash_clientside.no_update;
    },

    /** A row chosen by hand → its place, or its operation on the map. */
    choose_row: function (rows, view) {
      if (!Array.isArray(rows) || !rows.length || !view) return;
      const code = rows[0].code;
      if (view.kind === "operations") {
        if (code !== opened) atlas.openOperation(code);
        return;
      }
      const place = view.choice.level + ":" + code;
      if (place !== state.place) atlas.choose(place);
    },
  };
})();
