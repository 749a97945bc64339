/* Taking a view along: its address as a QR code. */

import { byId, element, hit } from "../../assets/dom.js";

/** @type {HTMLDialogElement | null} */
let dialog = null;

function makeDialog() {
  const made = /** @type {HTMLDialogElement} */ (element("dialog", { class: "share", "aria-labelledby": "share-title" }));
  made.addEventListener("click", (event) => {
    if (event.target === made || hit(event, "[data-shut]")) made.close();
  });
  byId("shell").append(made);
  return made;
}

function showCode() {
  dialog = dialog || makeDialog();
  const address = window.location.href;
  const src = "/qr.svg?adresse=" + encodeURIComponent(address);
  dialog.replaceChildren(
    element("h2", { id: "share-title" }, "Code QR de cette vue"),
    element("img", { src, width: 288, height: 288, alt: "Code QR qui ouvre l’adresse écrite dessous" }),
    element("p", { class: "share-address" }, address),
    element("p", { class: "actions" },
      element("a", { href: src, download: "atlas62-code-qr.svg" }, "Télécharger (SVG)"),
      element("button", { type: "button", class: "link", "data-shut": "1" }, "Fermer")),
  );
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  if (hit(event, "[data-qr]")) showCode();
});
