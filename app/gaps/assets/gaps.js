/* The page Écarts: the question is asked as an address; its answer paints the map and fills the panels.
   What was done and not yet answered is kept in the view, so that one may act twice in a row. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const state = atlas.state;

  const WAIT = 150;
  const SPACE = "\u00a0";
  const MOST_SCENARIOS = 4;
  const MOST_SITES = 10;

  let shown = null;
  let table = {};
  let lost = new Set();
  let sites = null;
  let timer = null;

  function page() {
    const shell = document.getElementById("shell");
    return Boolean(shell) && shell.dataset.page === "gaps";
  }

  /* What is asked. The view is what the server last answered; a change of it is a new address. */

  function searchOf(view) {
    const parts = { service: view.service, seuil: view.seuil, modele: view.modele, cible: view.cible };
    const scenarios = view.sites.map(function (codes) { return codes.join(","); }).join("~");
    if (scenarios) parts.sites = scenarios;
    if (view.scenario) parts.scenario = view.scenario + 1;
    if (view.proposer) parts.proposer = view.proposer;
    return "?" + Object.entries(parts).map(function ([key, value]) {
      return key + "=" + encodeURIComponent(value).replace(/%2C/g, ",");
    }).join("&");
  }

  function ask(changes, adopt) {
    clearTimeout(timer);
    const view = { ...shown.view, ...changes };
    shown.view = view;
    const search = searchOf(view);
    atlas.set("gap-asked", { data: adopt ? { search, adopt: true } : search });
  }

  function askSoon(changes) {
    clearTimeout(timer);
    timer = setTimeout(function () { ask(changes); }, WAIT);
  }

  /* Scenarios. */

  function withSites(change) {
    const scenarios = shown.view.sites.length ? shown.view.sites.map(function (s) { return [...s]; }) : [[]];
    const active = Math.min(shown.view.scenario, scenarios.length - 1);
    scenarios[active] = change(scenarios[active]);
    const some = scenarios.some(function (codes) { return codes.length; });
    ask({ sites: some ? scenarios : [], scenario: some ? active : 0 });
  }

  function toggleSite(code) {
    withSites(function (codes) {
      if (codes.includes(code)) return codes.filter(function (one) { return one !== code; });
      if (codes.length < MOST_SITES) return [...codes, code];
      atlas.announce("Un scénario a " + MOST_SITES + " sites au plus.");
      return codes;
    });
  }

  const actions = {
    preset: function (service, threshold) {
      ask({ service, seuil: Number(threshold), modele: shown.view.unit === "km" ? "vol-d-oiseau" : shown.view.modele });
    },
    scenario: function (number) { ask({ scenario: Number(number) }); },
    undo: function () { withSites(function (codes) { return codes.slice(0, -1); }); },
    remove: function (code) { toggleSite(code); },
    new: function () {
      if (shown.view.sites.length >= MOST_SCENARIOS) return;
      const active = shown.view.sites[shown.view.scenario];
      ask({ sites: [...shown.view.sites, [...active]], scenario: shown.view.sites.length });
    },
    drop: function () {
      const left = shown.view.sites.filter(function (_, number) { return number !== shown.view.scenario; });
      ask({ sites: left, scenario: Math.max(0, shown.view.scenario - 1), proposer: left.length ? shown.view.proposer : 0 });
    },
    propose: function () {
      ask({ proposer: Number(document.getElementById("gap-count").value) }, true);
    },
  };

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-do]");
    if (!button || !page() || !shown) return;
    const [action, ...values] = button.dataset.do.split(":");
    actions[action](...values);
  });

  document.addEventListener("input", function (event) {
    if (!page() || event.target.id !== "gap-slide") return;
    document.getElementById("gap-seuil").value = event.target.value;
    askSoon({ seuil: Number(event.target.value) });
  });

  document.addEventListener("change", function (event) {
    const field = event.target.dataset.gap;
    if (!field || !page() || !shown) return;
    const value = event.target.value;
    if (field !== "seuil") ask({ [field]: value });
    else if (event.target.id === "gap-seuil" && value) ask({ seuil: value });
  });

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "gap-add") return;
    event.preventDefault();
    const field = document.getElementById("gap-commune");
    const name = field.value.trim();
    field.value = "";
    if (name) toggleSite(codeOf(name) || name.replace(/[,~]/g, " "));
  });

  /* The names of communes are with their outlines: they are offered when the field is first entered. */

  function names() {
    return [...state.zones.communes].map(function ([code, layer]) { return [code, layer.feature.properties.name]; });
  }

  function codeOf(name) {
    const found = names().find(function ([, known]) { return known.toLowerCase() === name.toLowerCase(); });
    return found ? found[0] : null;
  }

  document.addEventListener("focusin", function (event) {
    const list = document.getElementById("gap-communes");
    if (event.target.id !== "gap-commune" || list.children.length) return;
    list.replaceChildren(...names().map(function ([, name]) { return atlas.element("option", { value: name }); }));
  });

  /* The map. */

  /** Hatching over the colour of a class, made once for each colour. */
  function hatching(colours) {
    const defs = document.querySelector(".patterns defs");
    colours.forEach(function (colour, number) {
      if (document.getElementById("doubt-" + number)) return;
      const pattern = document.getElementById("no-data").cloneNode(true);
      pattern.id = "doubt-" + number;
      const [ground, stroke] = pattern.children;
      ground.style.fill = colour;
      stroke.setAttribute("class", "doubt-stroke");
      defs.append(pattern);
    });
  }

  function fillOf(code) {
    const row = table[code];
    if (!row) return lost.has(code) || !shown.theme ? "url(#no-data)" : atlas.colour("land");
    return row[4] ? "url(#doubt-" + row[0] + ")" : shown.theme.colours[row[0]];
  }

  function tell(code) {
    const row = table[code];
    if (!row) return lost.has(code) ? "hors d’atteinte" : "non compté";
    const [, central, low, high, doubtful] = row;
    const unit = SPACE + shown.theme.unit;
    const to = high === null ? "ou plus" : "à " + atlas.number(high, 1);
    return atlas.number(central, 1) + unit + " (de " + atlas.number(low, 1) + " " + to + ")"
      + (doubtful ? ", seuil dans la fourchette" : "");
  }

  function drawSites(map, places) {
    if (!sites) sites = window.L.layerGroup().addTo(map);
    sites.clearLayers();
    places.forEach(function ({ code, at }, number) {
      const mark = atlas.element("span", { class: "site-mark" }, String(number + 1));
      window.L.marker(at, {
        icon: window.L.divIcon({ className: "mark", html: mark, iconSize: [24, 24] }),
        keyboard: false, pane: "points", zIndexOffset: 1000,
      }).on("click", function () { toggleSite(code); }).addTo(sites);
    });
  }

  let points = null;

  function showPoints(given) {
    if (points !== null && points !== given.url) atlas.set("service-points", given);
    points = given.url;
  }

  /* The question's fields. */

  function sync(view) {
    for (const field of document.querySelectorAll("[data-gap]")) {
      if (field !== document.activeElement) field.value = view[field.dataset.gap];
    }
    document.getElementById("gap-unit").textContent = view.unit;
    for (const button of document.querySelectorAll(".preset")) {
      button.setAttribute("aria-pressed", String(button.dataset.do.split(":")[1] === view.service));
    }
  }

  /** Fills the panel of the answer anew; focus, what was typed and what was unfolded stay. */
  function refill(content, part) {
    const panel = document.getElementById(part);
    const active = panel.contains(document.activeElement) ? document.activeElement : null;
    const typed = document.getElementById("gap-commune");
    const open = [...panel.querySelectorAll("details[open]")].map(function (one) { return one.id; });
    window.dash_clientside.atlas.fill(content, part);
    for (const id of open) if (id && document.getElementById(id)) document.getElementById(id).open = true;
    const field = document.getElementById("gap-commune");
    if (typed && field) field.value = typed.value;
    if (!active) return;
    const same = active.dataset.do && panel.querySelector('[data-do="' + CSS.escape(active.dataset.do) + '"]');
    (same || (active.id && document.getElementById(active.id)) || field || document.getElementById("sheet")).focus();
  }

  function fieldsAreThere() {
    return Boolean(document.getElementById("gap-unit"));
  }

  function begin() {
    hatching(shown.theme ? shown.theme.colours : []);
    atlas.expect = function () {};
    atlas.pick = function (place) { toggleSite(place.split(":")[1]); };
    atlas.choose = function (found) {
      if (found.split(":")[0] in state.urls) atlas.lookAtPlace(found);
      else window.location.assign("/?lieu=" + encodeURIComponent(found));
    };
  }

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** The answer → the map, the fields of the question, what is said. */
    show_gaps: function (given, urls) {
      const first = shown === null;
      state.urls = urls;
      shown = given;
      table = given.theme ? given.theme.table : {};
      lost = new Set(given.theme ? given.theme.lost : []);
      if (first || given.theme) begin();
      atlas.paint({ level: "commune", drawing: "aplats", values: {}, title: "", ...given.theme, fillOf, tell });
      document.getElementById("map-title").textContent = given.theme ? given.theme.title : "";
      atlas.renameTowns();
      atlas.withMap(function (map) { drawSites(map, given.sites); });
      showPoints(given.points);
      if (fieldsAreThere()) sync(given.view);
      if (!first) {
        atlas.announce(given.said || "");
        if (atlas.tableIsOpen()) atlas.set("gap-table-open", { data: given.view.search });
      }
      return window.dash_clientside.no_update;
    },

    fill_answer: refill,

    /** What the server read → the address bar, unless the reader went back meanwhile. */
    write_gaps: function (written) {
      if (state.acted) atlas.writeSearch(written.search);
      return window.dash_clientside.no_update;
    },
  };
})();
