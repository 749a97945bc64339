/* The way to paper: the page Livrets opens on what the map shows. */

import { hit } from "../../assets/dom.js";

const VIEW = [
  "lieu", "comparer", "indicateur", "niveau", "dessin", "methode", "classes", "bornes", "palette", "periode",
  "pactes", "couches",
];

/**
 * The address leaves out what is usual here; on paper other things are.
 * @param {HTMLAnchorElement} link
 */
function bookletOf(link) {
  const here = new URLSearchParams(window.location.search);
  const asked = VIEW.map((name) => {
    const value = here.get(name) || link.dataset[name];
    return value ? name + "=" + encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",") : null;
  });
  return link.pathname + "?" + asked.filter(Boolean).join("&");
}

/** @param {Event} event */
function lead(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (hit(event, "[data-booklet]"));
  if (link) link.href = bookletOf(link);
}

for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);
