/* The view that the reader was looking at in Explorer: the links to Explorer on other pages lead back to it. */

import { hit } from "./dom.js";

const KEPT = "atlas62.vue";

/**
 * Keeps a view for as long as the tab is open.
 * @param {string} search
 */
export function remember(search) {
  try {
    window.sessionStorage.setItem(KEPT, search);
  } catch { /* the browser keeps nothing: Explorer opens as usual */ }
}

function kept() {
  try {
    return window.sessionStorage.getItem(KEPT) || "";
  } catch {
    return "";
  }
}

/** @param {Event} event */
function leadBack(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (hit(event, "a[data-explore]"));
  if (link && !link.hasAttribute("aria-current")) link.href = link.pathname + kept();
}

for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, leadBack, true);
