/* Livrets: the preview follows the choices; jobs are asked for, watched, stopped and taken up again here.
   Without this script the same form leads to a page for each job. */

(function () {
  "use strict";

  const form = document.getElementById("livret");
  const preview = document.getElementById("apercu");
  const said = document.getElementById("apercu-dit");
  const jobs = preview.dataset.jobs;
  const WAIT = 500;
  const LOOK = 700;
  const LOOK_AT_PREVIEW = 150;
  const WORDS = {
    attend: "En attente d’une place…", court: "En cours…", fini: "C’est prêt.", "échoué": "Rien n’a été fait.",
    "annulé": "Arrêté.", interrompu: "Interrompu.",
  };

  function element(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children.filter(Boolean));
    return made;
  }

  async function ask(url, body) {
    const answer = await fetch(url, {
      method: body === undefined ? "GET" : "POST", body, headers: { Accept: "application/json" },
    });
    const state = await answer.json();
    if (!answer.ok) throw new Error(state.message);
    return state;
  }

  function pause(time) {
    return new Promise(function (resolve) { setTimeout(resolve, time); });
  }

  /** Watches a job until it is over; tells each state, until somebody else is wanted. */
  async function watch(state, tell, wanted, look = LOOK) {
    while (state.alive && wanted()) {
      tell(state);
      await pause(look);
      state = await ask(state.url);
    }
    if (wanted()) tell(state);
    return state;
  }

  function choices(more) {
    const data = new FormData(form);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  }

  /* The preview: one job at a time, the one before is stopped. */

  let current = null;
  let number = 0;

  function showPreview(state) {
    preview.setAttribute("aria-busy", String(state.alive));
    if (state.alive) said.textContent = "Dessin en cours…";
    else if (state.phase === "fini") {
      const name = form.elements.lieu.selectedOptions[0].textContent;
      preview.replaceChildren(element("img", { src: state.url + "/fichier", alt: "Aperçu de la page : " + name }));
      said.textContent = "";
    } else said.textContent = state.message;
  }

  async function refresh() {
    const mine = number += 1;
    const wanted = function () { return mine === number; };
    if (current && current.alive) ask(current.url + "/annuler", "").catch(function () {});
    preview.setAttribute("aria-busy", "true");
    said.textContent = "Dessin en cours…";
    try {
      current = await ask(jobs, choices({ sortie: "svg" }));
      current = await watch(current, showPreview, wanted, LOOK_AT_PREVIEW);
      // somebody else who wanted the same page no longer does, or the workshop was closed
      if (wanted() && ["annulé", "interrompu"].includes(current.phase)) {
        current = await watch(await ask(current.url + "/reprendre", ""), showPreview, wanted, LOOK_AT_PREVIEW);
      }
    } catch (error) {
      if (wanted()) said.textContent = error.message;
    }
  }

  /** The address holds the choices, so that it can be sent to a colleague. */
  function writeAddress() {
    // files are of this visit alone
    const kept = new URLSearchParams([...choices({})].filter(function ([, value]) { return typeof value === "string"; }));
    const layers = kept.getAll("couches").filter(function (layer) { return layer !== "aucune"; });
    kept.set("couches", layers.join(",") || "aucune");
    for (const [name, value] of [...kept]) if (!value) kept.delete(name);
    window.history.replaceState(null, "", "?" + kept.toString().replace(/%3A/g, ":").replace(/%2C/g, ","));
  }

  /** Only the operations of the place have a caption to write. */
  function showCaptions() {
    const lines = [...document.querySelectorAll("[data-places]")];
    for (const line of lines) line.hidden = !line.dataset.places.split(" ").includes(form.elements.lieu.value);
    const group = document.getElementById("legendes");
    if (group) group.hidden = lines.every(function (line) { return line.hidden; });
  }

  const layers = document.getElementById("couches");
  const usual = JSON.parse(layers.dataset.usual);

  /** Each kind of place has its usual layers, until somebody chooses others. */
  function tickUsualLayers() {
    const chosen = form.elements.lieu.selectedOptions[0];
    const shown = usual[chosen.dataset.level || chosen.value.split(":")[0]];
    for (const box of layers.querySelectorAll("[type=checkbox]")) box.checked = shown.includes(box.value);
  }

  form.elements.lieu.addEventListener("input", function () {
    if ("untouched" in layers.dataset) tickUsualLayers();
  });
  layers.addEventListener("input", function () { delete layers.dataset.untouched; });

  let timer = null;
  form.addEventListener("input", function () {
    showCaptions();
    clearTimeout(timer);
    timer = setTimeout(function () {
      writeAddress();
      refresh();
    }, WAIT);
  });

  /* Files and batches. */

  function act(label, url, place) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", function () {
      ask(url, "").then(function (state) { follow(state, place); }, function (error) { place.textContent = error.message; });
    });
    return button;
  }

  function card(state, place) {
    const done = state.pages ? element("p", {},
      element("progress", { value: state.done, max: state.pages, ariaLabel: "Pages faites" }),
      " " + state.done + " sur " + state.pages + " pages") : null;
    const lights = state.report.length ? element("ul", { className: "lights" }, ...state.report.map(function ([colour, text]) {
      return element("li", { className: "light-" + colour }, element("strong", {}, colour), " " + text);
    })) : null;
    const next = state.phase === "fini"
      ? element("a", { className: "take", href: state.url + "/fichier", download: "" }, "Télécharger")
      : state.alive ? act("Arrêter", state.url + "/annuler", place) : act("Reprendre", state.url + "/reprendre", place);
    return element("div", { className: "job" },
      element("p", {}, element("strong", {}, state.title), " – " + WORDS[state.phase] + " " + state.message),
      done, lights, element("p", {}, next));
  }

  async function follow(state, place) {
    place.dataset.job = state.id;
    const wanted = function () { return place.dataset.job === state.id; };
    try {
      await watch(state, function (now) { place.replaceChildren(card(now, place)); }, wanted);
    } catch (error) {
      place.textContent = error.message;
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    const button = event.submitter;
    if (!button) return;
    const batch = button.name === "lot";
    const place = document.getElementById(batch ? "lot" : "travail");
    const printer = document.getElementById("lot-imprimeur").checked;
    const more = batch ? { lot: button.value, sortie: printer ? "imprimeur" : "pdf" } : { sortie: button.value };
    ask(jobs, choices(more)).then(
      function (state) { follow(state, place); },
      function (error) { place.textContent = error.message; },
    );
  });

  refresh();
})();
