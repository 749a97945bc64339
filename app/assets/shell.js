/* The shell: links that choose a place, buttons of the map and of the panels, the menu, copying the address. */

import { lookAtPlace } from "../map/assets/place.js";
import { chooseLayers } from "../map/assets/points.js";
import { searchBeside } from "../map/assets/found.js";
import { WHOLE } from "../view/assets/keys.js";
import { announce, phone, set, state, titlePage } from "./core.js";
import { changed, fields, hit } from "./dom.js";
import { page } from "./page.js";
import { showPanel, showSheetAt, stopAtNext } from "./panels.js";

/** @param {HTMLElement} button */
function copyAddress(button) {
  const done = () => {
    const before = button.textContent;
    button.textContent = "Lien copié";
    announce("Le lien vers cette vue est dans le presse-papiers.");
    setTimeout(() => { button.textContent = before; }, 2000);
  };
  const refused = () => { announce("Copie refusée par le navigateur : copiez l’adresse de la page."); };
  if (navigator.clipboard) navigator.clipboard.writeText(window.location.href).then(done, refused);
  else refused();
}

/** @param {string} step */
function zoom(step) {
  if (!state.map) return;
  state.touched = true;
  if (step === "in") state.map.zoomIn();
  else if (step === "out") state.map.zoomOut();
  else lookAtPlace(WHOLE);
}

document.addEventListener("click", (event) => {
  const target = hit(
    event, "[data-place], [data-panel-of], .handle, [data-copy], [data-zoom], [data-close], [data-beside]",
  );
  if (!target) return;
  const { beside, place, panelOf, copy, close, zoom: step } = target.dataset;
  if (beside) searchBeside(beside);
  else if (place) {
    page.choose(place);
    if (state.map) state.map.closePopup();
    if (phone()) showSheetAt("half");
  } else if (panelOf) showPanel(panelOf);
  else if (copy) copyAddress(target);
  else if (close) set(close, { children: [] });
  else if (step) zoom(step);
  else stopAtNext();
});

/** @returns {HTMLElement | null} */
function menu() {
  return document.querySelector(".menu");
}

/** On a phone the pages are behind a button; what is done elsewhere puts them away. */
document.addEventListener("click", (event) => {
  const button = menu();
  if (!button || hit(event, "#pages")) return;
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(hit(event, ".menu") ? !open : false));
});

document.addEventListener("keydown", (event) => {
  const button = menu();
  if (event.key !== "Escape" || !button || button.getAttribute("aria-expanded") !== "true") return;
  button.setAttribute("aria-expanded", "false");
  button.focus();
});

document.addEventListener("change", (event) => {
  if (!changed(event).dataset.layer) return;
  chooseLayers(new Set(fields("[data-layer]:checked").map((box) => box.dataset.layer || "")));
});

/**
 * Says which place is selected, and names the page after it.
 * @param {string} name
 */
export function announcePlace(name) {
  titlePage(name);
  announce(name + " : fiche affichée.");
}
