/* The shell: links that choose a place, the phone's panels and their three stops, copying the address. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;

  const STOPS = ["peek", "half", "full"];
  const SWIPE = 24;
  const SLIDE = 220;

  function shell() {
    return document.getElementById("shell");
  }

  function stopAt(stop) {
    shell().dataset.stop = stop;
    for (const handle of document.querySelectorAll(".handle")) {
      handle.setAttribute("aria-expanded", String(stop !== "peek"));
    }
    setTimeout(atlas.lookAgain, SLIDE);
  }

  function showPanel(panel) {
    const same = shell().dataset.panel === panel && shell().dataset.stop !== "peek";
    shell().dataset.panel = panel;
    stopAt(same ? "peek" : panel === "table-panel" ? "full" : "half");
    if (panel === "table-panel") atlas.openTable(!same);
    for (const tab of document.querySelectorAll("[data-panel-of]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.panelOf === panel && !same));
    }
  }

  atlas.showPanel = showPanel;

  function copyAddress(button) {
    const done = function () {
      const before = button.textContent;
      button.textContent = "Lien copié";
      atlas.announce("Le lien vers cette vue est dans le presse-papiers.");
      setTimeout(function () { button.textContent = before; }, 2000);
    };
    const refused = function () { atlas.announce("Copie refusée par le navigateur : copiez l’adresse de la page."); };
    if (navigator.clipboard) navigator.clipboard.writeText(window.location.href).then(done, refused);
    else refused();
  }

  function zoom(step) {
    const state = atlas.state;
    if (!state.map) return;
    state.touched = true;
    if (step === "in") state.map.zoomIn();
    else if (step === "out") state.map.zoomOut();
    else atlas.lookAtPlace("departement:62");
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-place], [data-panel-of], .handle, [data-copy], [data-zoom], [data-close], [data-beside]");
    if (!target) return;
    if (target.dataset.beside) atlas.searchBeside(target.dataset.beside);
    else if (target.dataset.place) {
      atlas.choose(target.dataset.place);
      if (atlas.state.map) atlas.state.map.closePopup();
      if (atlas.phone()) showSheetAt("half");
    } else if (target.dataset.panelOf) showPanel(target.dataset.panelOf);
    else if (target.dataset.copy) copyAddress(target);
    else if (target.dataset.close) atlas.set(target.dataset.close, { children: [] });
    else if (target.dataset.zoom) zoom(target.dataset.zoom);
    else stopAt(STOPS[(STOPS.indexOf(shell().dataset.stop) + 1) % STOPS.length]);
  });

  function menu() {
    return document.querySelector(".menu");
  }

  /** On a phone the pages are behind a button; what is done elsewhere puts them away. */
  document.addEventListener("click", function (event) {
    if (!menu() || event.target.closest("#pages")) return;
    const open = menu().getAttribute("aria-expanded") === "true";
    menu().setAttribute("aria-expanded", String(event.target.closest(".menu") ? !open : false));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !menu() || menu().getAttribute("aria-expanded") !== "true") return;
    menu().setAttribute("aria-expanded", "false");
    menu().focus();
  });

  function showSheetAt(stop) {
    if (shell().dataset.panel !== "sheet") showPanel("sheet");
    stopAt(stop);
  }

  atlas.showSheetAt = showSheetAt;

  /** A vertical swipe on a handle moves its panel by one stop. */
  let from = null;
  document.addEventListener("pointerdown", function (event) {
    from = event.target.closest(".handle") ? event.clientY : null;
  });
  document.addEventListener("pointerup", function (event) {
    if (from === null || Math.abs(event.clientY - from) < SWIPE) return;
    const step = event.clientY < from ? 1 : -1;
    const index = STOPS.indexOf(shell().dataset.stop) + step;
    stopAt(STOPS[Math.max(0, Math.min(index, STOPS.length - 1))]);
    from = null;
    window.addEventListener("click", function (click) { click.stopPropagation(); }, { capture: true, once: true });
  });

  document.addEventListener("change", function (event) {
    if (!event.target.dataset.layer) return;
    const ticked = document.querySelectorAll("[data-layer]:checked");
    atlas.set("layers", { data: [...ticked].map(function (box) { return box.dataset.layer; }) });
  });

  atlas.titlePage = function (name) {
    document.title = name + " – Atlas 62";
  };

  const filled = new Map();

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** A part's content as data → its elements; what is there already is left alone, and what had the focus
        has it again where it is there again. */
    fill: function (content, part) {
      if (filled.get(part) === content) return;
      filled.set(part, content);
      const alone = content && typeof content[0] === "string";
      const children = content === null ? [] : alone ? [content] : content;
      const holder = document.getElementById(part);
      const focused = holder.contains(document.activeElement) && document.activeElement.id;
      holder.replaceChildren(
        ...children.map(atlas.build).filter(function (child) { return child !== null; }),
      );
      const again = focused && document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    },

    /** Says which place is selected, and names the page after it. */
    announce_place: function (name) {
      atlas.titlePage(name);
      atlas.announce(name + " : fiche affichée.");
    },
  };
})();
