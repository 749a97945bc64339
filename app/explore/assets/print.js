/* The way to paper: one press gives the sheet and its map as a PDF; the page Livrets opens on what the map shows; the
   browser's own print has both too, with the day and the address. */

import { texts } from "../../assets/address.js";
import { all, byId, element, hit } from "../../assets/dom.js";
import { lookForPaper, lookForScreen } from "../../map/assets/place.js";
import { EXPLORER } from "../../view/assets/keys.js";
import { write, writeAll } from "../../view/assets/query.js";

const PRINTED = EXPLORER.filter((key) => key.onPaper);
const ORDERS = "/livrets/travaux";
/** What has a sheet of its own and no page of a booklet. */
const DISTRICT = "qpv:";
/** The map page, the sheet after it, opened as soon as it is drawn. */
const ASKED = { sortie: "pdf", fiche: "1", ouvrir: "1" };

/**
 * The address leaves out what is usual here; on paper other things are.
 * @param {Event} event
 */
function lead(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (hit(event, "[data-booklet], [data-view]"));
  if (link) link.href = link.pathname + (link.dataset.view ? write(texts(), EXPLORER) : writeAll(texts(), PRINTED));
}

for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);

/** A form opens its answer in a window of its own, which says how far the drawing is until it is the PDF. */
function print() {
  const view = texts();
  if (view.compared || view.place?.startsWith(DISTRICT)) {
    window.print();
    return;
  }
  const shown = [...new URLSearchParams(writeAll(view, PRINTED))];
  const form = /** @type {HTMLFormElement} */ (element("form", {
    method: "post", action: ORDERS, target: "_blank", hidden: true,
  }, ...[...shown, ...Object.entries(ASKED)].map(([name, value]) => element("input", { type: "hidden", name, value }))));
  document.body.append(form);
  form.submit();
  form.remove();
}

document.addEventListener("click", (event) => {
  if (hit(event, "[data-print]")) print();
});

/**
 * On paper nothing can be unfolded: what was folded is opened, and folded again after.
 * @type {HTMLDetailsElement[]}
 */
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = /** @type {HTMLDetailsElement[]} */ (all("#sheet-body details:not([open])"));
  for (const details of folded) details.open = true;
  const day = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" });
  byId("printed-foot").replaceChildren(
    element("p", null, "Imprimé le " + day + " depuis Atlas 62, contrats de territoire du Pas-de-Calais."),
    element("p", null, decodeURI(window.location.href)),
  );
  lookForPaper();
});
window.addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  lookForScreen();
});
