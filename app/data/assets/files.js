/* Files that a visitor brings: dropped on the form, read, placed bit by bit; all of it works without. */

(function () {
  "use strict";

  const SPACE = "\u202f";

  function number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, SPACE);
  }

  /** The whole form takes a file that is dropped on it, and says that it is being read. */
  function bring(form) {
    const input = form.querySelector("input[type=file]");
    const status = form.querySelector("[data-bring-status]");
    for (const kind of ["dragenter", "dragover"]) {
      form.addEventListener(kind, function (event) {
        event.preventDefault();
        form.dataset.over = "";
      });
    }
    form.addEventListener("dragleave", function () { delete form.dataset.over; });
    form.addEventListener("drop", function (event) {
      event.preventDefault();
      delete form.dataset.over;
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        status.textContent = input.files[0].name;
      }
    });
    form.addEventListener("submit", function () {
      status.textContent = "Lecture de " + (input.files.length ? input.files[0].name : "ce fichier") + "…";
    });
  }

  /** Another sheet is another table: it is read at once. */
  function columns(form) {
    const part = form.querySelector("#partie");
    if (part) part.addEventListener("change", function () { form.requestSubmit(); });
    form.addEventListener("submit", function () {
      form.querySelector("[data-working-status]").textContent = form.dataset.working;
    });
  }

  /** Asks for one stretch after another until all is placed or the visitor stops. */
  function advance(form) {
    const button = form.querySelector("button");
    const bar = document.querySelector("[data-progress]");
    const words = document.querySelector("[data-progress-words]");
    let running = false;

    async function stretch() {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
      if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) {
        window.location.reload();
        return { over: true };
      }
      return answer.json();
    }

    async function run() {
      running = true;
      button.textContent = "Arrêter";
      while (running) {
        const progress = await stretch();
        if (progress.total === undefined) return;
        bar.value = progress.done;
        words.textContent = number(progress.done) + " adresses placées sur " + number(progress.total) + ".";
        if (progress.over) {
          window.location.reload();
          return;
        }
      }
      button.textContent = "Reprendre";
    }

    function stop() {
      running = false;
      button.textContent = "Arrêt…";
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (running) stop();
      else run().catch(function () {
        running = false;
        button.textContent = "Reprendre";
        words.textContent = "Le serveur ne répond pas : reprenez dans un instant.";
      });
    });
    if (form.dataset.advance === "now") form.requestSubmit();
  }

  /** Addresses are shown whole, as another program wants them. */
  for (const address of document.querySelectorAll("[data-address]")) {
    address.textContent = new URL(address.textContent, window.location.href).href;
  }
  document.querySelectorAll("[data-bring]").forEach(bring);
  document.querySelectorAll("[data-working]").forEach(columns);
  document.querySelectorAll("[data-advance]").forEach(advance);
})();
