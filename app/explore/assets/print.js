/* The way to paper: the page Livrets opens on what the map shows. */

import { texts } from "../../assets/address.js";
import { hit } from "../../assets/dom.js";
import { EXPLORER } from "../../view/assets/keys.js";
import { writeAll } from "../../view/assets/query.js";

const PRINTED = EXPLORER.filter((key) => key.onPaper);

/**
 * The address leaves out what is usual here; on paper other things are.
 * @param {Event} event
 */
function lead(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (hit(event, "[data-booklet]"));
  if (link) link.href = link.pathname + writeAll(texts(), PRINTED);
}

for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);
