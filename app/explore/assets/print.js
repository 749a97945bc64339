/* The way to paper: the page Livrets opens on what the map shows. */

(function () {
  "use strict";

  const VIEW = [
    "lieu", "comparer", "indicateur", "niveau", "dessin", "methode", "classes", "bornes", "palette", "periode",
    "pactes", "couches",
  ];

  /** The address leaves out what is usual here; on paper other things are. */
  function bookletOf(link) {
    const here = new URLSearchParams(window.location.search);
    const asked = VIEW.map(function (name) {
      const value = here.get(name) || link.dataset[name];
      return value ? name + "=" + encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",") : null;
    });
    return link.pathname + "?" + asked.filter(Boolean).join("&");
  }

  function lead(event) {
    const link = event.target.closest && event.target.closest("[data-booklet]");
    if (link) link.href = bookletOf(link);
  }

  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);
})();
