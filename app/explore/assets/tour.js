/* The first visit: four steps beside the map, offered once, never over it; recalled by a button or by #visite. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const element = atlas.element;

  const SEEN = "atlas62.visite";
  const RECALLED = "#visite";

  let steps = [];
  let at = 0;
  let before = null;

  /** Where the browser keeps nothing, the tour is not offered at each visit. */
  function seen() {
    try {
      return window.localStorage.getItem(SEEN) !== null;
    } catch {
      return true;
    }
  }

  function remember() {
    try {
      window.localStorage.setItem(SEEN, "vue");
    } catch { /* nothing is kept: it will be offered again */ }
  }

  function button(text, does) {
    return element("button", { type: "button", class: "tour-" + does, "data-tour-step": does }, text);
  }

  function holder() {
    return document.getElementById("tour");
  }

  function mark(id) {
    document.querySelectorAll("[data-toured]").forEach(function (part) { delete part.dataset.toured; });
    const part = id && (document.getElementById(id) || document.querySelector("[data-still=" + id + "]"));
    if (part) (part.closest(".search") || part).dataset.toured = "yes";
  }

  function fill() {
    const [title, text, shows] = steps[at];
    const last = at === steps.length - 1;
    const panel = holder().firstChild;
    panel.querySelector(".tour-said").replaceChildren(
      element("p", { class: "note" }, "Visite guidée, " + (at + 1) + " sur " + steps.length),
      element("h2", null, title), element("p", null, text),
    );
    panel.querySelector(".tour-back").disabled = at === 0;
    panel.querySelector(".tour-next").textContent = last ? "Terminer" : "Suivant";
    mark(shows);
  }

  function open(focus) {
    if (!steps.length) return;
    at = 0;
    const said = element("div", { class: "tour-said", "aria-live": "polite" });
    const ways = element("div", { class: "tour-ways" },
      button("Passer", "skip"), button("Précédent", "back"), button("Suivant", "next"));
    const panel = element("section", { class: "tour", "aria-label": "Visite guidée", tabindex: "-1" }, said, ways);
    holder().replaceChildren(panel);
    fill();
    if (focus) {
      before = document.activeElement;
      panel.focus();
    } else atlas.announce("Une visite guidée en quatre pas est proposée après l’en-tête.");
  }

  function close() {
    remember();
    mark(null);
    const inside = holder().contains(document.activeElement);
    holder().replaceChildren();
    if (!inside) return;
    const back = before && before.isConnected && before !== document.body ? before : document.getElementById("map");
    if (back) back.focus({ preventScroll: true });
    before = null;
  }

  function step(does) {
    const next = at + (does === "back" ? -1 : 1);
    if (does === "skip" || next >= steps.length) close();
    else {
      at = Math.max(0, next);
      fill();
      if (document.activeElement.disabled) holder().querySelector(".tour-next").focus();
    }
  }

  function recalled() {
    if (window.location.hash !== RECALLED) return false;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    open(true);
    return true;
  }

  document.addEventListener("click", function (event) {
    const way = event.target.closest("[data-tour-step]");
    if (way) step(way.dataset.tourStep);
    else if (event.target.closest("[data-tour]")) open(true);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && holder() && holder().contains(event.target)) close();
  });

  window.addEventListener("hashchange", recalled);

  document.addEventListener("fields", function () {
    if (holder() && holder().firstChild) mark(steps[at][2]);
  });

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** Steps that the server wrote → the tour, for who comes for the first time and to no view in particular. */
    offer_tour: function (given) {
      steps = given;
      if (recalled() || seen() || window.location.search) return;
      atlas.withMap(function (map) { map.whenReady(function () { open(false); }); });
    },
  };
})();
