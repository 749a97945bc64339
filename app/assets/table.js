/* The table: its scripts come when it is first opened; cells, order and row choice in French. */

import { announce, colour, number, phone, set, state, withMap } from "./core.js";
import { byId, element, hit } from "./dom.js";
import { page } from "./page.js";
import { showPanel } from "./panels.js";

const collator = new Intl.Collator("fr", { numeric: true });

/** What AG Grid calls by name: how cells are written, sorted and coloured. */
export const gridFunctions = {
  /**
   * @param {number | null | undefined} value
   * @param {number} decimals
   * @param {string} [said] what is said where there is no number
   */
  atlasCell: (value, decimals, said) => (
    value === null || value === undefined ? said || "n.\u00a0d." : number(value, decimals)
  ),

  /**
   * @param {string} a
   * @param {string} b
   */
  atlasCollate: (a, b) => collator.compare(a, b),

  /** @param {any} theme */
  atlasTableTheme: (theme) => theme.withParams({
    fontFamily: "'Atlas Sans', sans-serif", fontSize: 15, headerFontSize: 13,
    wrapperBorder: false, accentColor: colour("selection"),
    backgroundColor: colour("paper"), foregroundColor: colour("ink"),
    headerBackgroundColor: colour("paper-2"), borderColor: colour("rule"),
    selectedRowBackgroundColor: colour("selection-tint"), wrapperBorderRadius: 0,
  }),
};

/** Cells that AG Grid draws by name. */
export const gridCells = {
  /**
   * When an operation runs: full where that is sure, pale where its dates leave it open.
   * @param {{ value: [string, number, number][], data: { begin_text: string, end_text: string } }} props
   */
  AtlasSpan: (props) => {
    const h = window.React.createElement;
    const parts = props.value.map(([part, left, width], i) => h("span", {
      key: i, className: "span-" + part, style: { left: left + "%", width: Math.max(width, 1) + "%" },
    }));
    return h("span", { className: "span-cell", title: props.data.begin_text + " – " + props.data.end_text }, parts);
  },
};

/**
 * A table has a title: AG Grid gives its own none.
 * @param {string} id
 */
function nameGrid(id) {
  window.dash_ag_grid.getApiAsync(id).then(() => {
    const grid = document.querySelector("#" + id + " :is([role=grid], [role=treegrid])");
    if (grid) grid.setAttribute("aria-label", "Tableau des valeurs de la carte");
  });
}

/** @param {string} url */
function load(url) {
  return new Promise((done, failed) => {
    const script = element("script", { src: url });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

/** @type {Promise<unknown> | null} */
let scripts = null;

function loadScripts() {
  scripts = scripts || Promise.all((document.body.dataset.tableScripts || "").split(" ").map(load));
  return scripts;
}

export function tableIsOpen() {
  return document.getElementById("shell")?.dataset.table === "open";
}

let kind = "territoires";
let begun = false;
let asked = "";

/** Asks for the rows of what is on the map, unless they are there. */
export function refreshTable() {
  if (!tableIsOpen()) return;
  loadScripts().then(() => {
    const other = byId("shell").dataset.tableStore;
    nameGrid(other ? "gap-table" : "table");
    if (other) {
      set(other, { data: page.tableAsked() });
      return;
    }
    const choice = state.theme ? state.theme.choice : null;
    const operations = page.operationChoice();
    const text = JSON.stringify([kind, kind === "operations" ? operations : [choice?.level, choice?.indicator]]);
    if (text === asked) return;
    asked = text;
    // a grid that is there keeps its order and its place: only columns and rows are changed
    set("table-view", { data: { kind, choice, operations, made: Boolean(document.getElementById("table")) } });
  }, () => {
    scripts = null;
    announce("Le tableau n’a pas pu être chargé : réessayez.");
  });
}

/**
 * @param {boolean} open
 * @param {string} [rows] what they are: `territoires` or `operations`
 * @returns {string | null} what the open table's rows are
 */
export function openTable(open, rows) {
  if (open !== tableIsOpen() || (rows && rows !== kind)) turnTable(open, rows);
  return open ? kind : null;
}

/**
 * @param {boolean} open
 * @param {string} [rows]
 */
function turnTable(open, rows) {
  const shell = byId("shell");
  if (rows && rows !== kind) {
    kind = rows;
    const columns = document.querySelector("#table .ag-center-cols-viewport");
    if (columns) columns.scrollLeft = 0;
  }
  shell.dataset.table = open ? "open" : "closed";
  byId("table-toggle").setAttribute("aria-expanded", String(open));
  withMap((map) => { setTimeout(() => { map.invalidateSize(); }, 0); });
  if (!shell.dataset.tableStore) set("table-kind", { data: open ? kind : null });
  refreshTable();
}

/**
 * A link to a file asks for the rows in the order that the table shows them in.
 * @param {HTMLAnchorElement} link
 */
function sortLink(link) {
  const api = window.dash_ag_grid && window.dash_ag_grid.getApi("table");
  /** @type {{ colId: string, sort?: string | null } | undefined} */
  const sorted = api && api.getColumnState().find((/** @type {{ sort?: string }} */ column) => column.sort);
  const url = new URL(link.href);
  url.searchParams.delete("tri");
  link.href = url.pathname + url.search
    + (sorted ? (url.search ? "&" : "?") + "tri=" + sorted.colId + (sorted.sort === "desc" ? ",desc" : "") : "");
}

document.addEventListener("click", (event) => {
  const rows = hit(event, "[data-table-rows]");
  const link = hit(event, ".table-files a");
  if (hit(event, "#table-toggle")) page.openTable(!tableIsOpen());
  else if (rows) page.openTable(true, rows.dataset.tableRows);
  else if (link) sortLink(/** @type {HTMLAnchorElement} */ (link));
});

/** @param {string[]} ids */
function mark(ids) {
  set("table", { selectedRows: { ids }, ...(ids.length && { scrollTo: { rowId: ids[0] } }) });
}

/** @param {string} rows */
function shows(rows) {
  return tableIsOpen() && kind === rows && document.getElementById("table");
}

/** Marks the row of the selected place and brings it into view. */
export function markRow() {
  if (!state.place || !shows("territoires")) return;
  const [level, code] = state.place.split(":");
  mark(state.theme && state.theme.level === level ? [code] : []);
}

/** @type {string | null} */
let opened = null;

/**
 * Marks the row of an operation that was opened on the map.
 * @param {string} key
 */
export function markOperation(key) {
  opened = key;
  if (shows("operations")) mark([key]);
}

/**
 * What the address says of the table → open or closed; a phone that opens on it shows its panel.
 * @param {string | null} rows
 */
export function showTableKind(rows) {
  if (rows) openTable(true, rows);
  else if (tableIsOpen()) openTable(false);
  if (rows && !begun && phone()) showPanel("table-panel");
  begun = true;
}

/**
 * A row chosen by hand → its place, or its operation on the map.
 * @param {{ code: string }[] | null} rows
 * @param {{ kind: string, choice: { level: string } } | null} view
 */
export function chooseRow(rows, view) {
  if (!Array.isArray(rows) || !rows.length || !view) return;
  const code = rows[0].code;
  if (view.kind === "operations") {
    if (code !== opened) page.openOperation(code);
    return;
  }
  const place = view.choice.level + ":" + code;
  if (place !== state.place) page.choose(place);
}
