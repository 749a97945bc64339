/* Files that a visitor brings: dropped on the form, read, placed in their turn; all of it works without. */

import { all } from "../../assets/dom.js";

/** Milliseconds between two looks at a queue. */
const WAIT = 1000;

/**
 * @template {Element} E
 * @param {ParentNode} within
 * @param {string} selector of a part that is sure to be there
 */
function part(within, selector) {
  return /** @type {E} */ (within.querySelector(selector));
}

/**
 * The whole form takes a file that is dropped on it, and says that it is being read.
 * @param {HTMLElement} form
 */
function bring(form) {
  const input = /** @type {HTMLInputElement} */ (part(form, "input[type=file]"));
  const status = part(form, "[data-bring-status]");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.dataset.over = "";
    });
  }
  form.addEventListener("dragleave", () => { delete form.dataset.over; });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    delete form.dataset.over;
    const dropped = event.dataTransfer?.files;
    if (!dropped?.length) return;
    input.files = dropped;
    status.textContent = dropped[0].name;
  });
  form.addEventListener("submit", () => {
    status.textContent = "Lecture de " + (input.files?.length ? input.files[0].name : "ce fichier") + "…";
  });
}

/**
 * Another sheet is another table: it is read at once.
 * @param {HTMLElement} form
 */
function columns(form) {
  const sheet = form.querySelector("#partie");
  if (sheet) sheet.addEventListener("change", () => { /** @type {HTMLFormElement} */ (form).requestSubmit(); });
  form.addEventListener("submit", () => {
    part(form, "[data-working-status]").textContent = form.dataset.working || "";
  });
}

/**
 * Asks where the file is in the queue, and shows its page when its turn is over.
 * @param {Element} words
 */
function wait(words) {
  const bar = /** @type {HTMLProgressElement} */ (part(document, "[data-progress]"));

  async function look() {
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "application/json" } });
      const told = answer.ok ? await answer.json() : { waiting: false };
      if (!told.waiting) {
        window.location.reload();
        return;
      }
      if (words.textContent !== told.words) words.textContent = told.words;
      if (told.total) {
        bar.max = told.total;
        bar.value = told.done;
        bar.setAttribute("aria-label", "Adresses placées");
      }
    } catch {
      words.textContent = "Le serveur ne répond pas : cette page réessaie.";
    }
    window.setTimeout(look, WAIT);
  }
  window.setTimeout(look, WAIT);
}

/** Addresses are shown whole, as another program wants them. */
for (const address of all("[data-address]")) {
  address.textContent = new URL(address.textContent || "", window.location.href).href;
}
all("[data-bring]").forEach(bring);
all("[data-working]").forEach(columns);
all("[data-waiting]").forEach(wait);
