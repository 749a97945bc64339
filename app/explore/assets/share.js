/* Taking a view along: its address as a QR code, its sheet on paper. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const element = atlas.element;

  let dialog = null;

  function makeDialog() {
    const made = element("dialog", { class: "share", "aria-labelledby": "share-title" });
    made.addEventListener("click", function (event) {
      if (event.target === made || event.target.closest("[data-shut]")) made.close();
    });
    document.getElementById("shell").append(made);
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

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-qr], [data-print]");
    if (!target) return;
    if (target.dataset.qr) showCode();
    else window.print();
  });

  /** On paper nothing can be unfolded: what was folded is opened, and folded again after. */
  let folded = [];
  window.addEventListener("beforeprint", function () {
    folded = [...document.querySelectorAll("#sheet-body details:not([open])")];
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", function () {
    for (const details of folded) details.open = false;
  });
})();
