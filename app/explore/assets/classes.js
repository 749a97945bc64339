/* The form of the classes: what is chosen goes to the store of the choice, what is drawn comes back. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  let choice = {};
  let pasting = "";  // title of the map whose bounds are being written

  function controls(part) {
    return document.querySelectorAll("[data-classes=" + part + "]");
  }

  function only(part) {
    return controls(part)[0];
  }

  function choose(change) {
    atlas.chooseTheme({ ...choice, ...change });
  }

  function showBounds() {
    const form = document.querySelector(".class-picker");
    form.dataset.method = only("method").value;
  }

  function applyBounds() {
    const text = only("bounds").value;
    if (!text.trim()) return only("bounds").focus();
    pasting = "";
    choose({ method: null, classes: null, bounds: text });
  }

  function changed(part, value) {
    if (part === "palette") choose({ palette: value || null });
    else if (part === "classes") choose({ classes: value || null, bounds: null });
    else if (part === "method") {
      showBounds();
      pasting = value === "manuelles" ? atlas.state.theme.title : "";
      if (pasting) only("bounds").select();
      else choose({ method: value, bounds: null });
    }
  }

  document.addEventListener("change", function (event) {
    const part = event.target.dataset.classes;
    if (part) changed(part, event.target.value);
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-apply=bounds]")) applyBounds();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.target.dataset.classes !== "bounds") return;
    event.preventDefault();
    applyBounds();
  });

  /**
   * Puts what is drawn into the form; bounds that are being written, or that were refused, stay for
   * their writer: the answer to an earlier choice may come late.
   */
  atlas.showClasses = function (theme) {
    choice = theme.choice;
    if (!only("method")) return;
    if (!theme.refused && theme.title !== pasting) {
      only("method").value = theme.method;
      only("bounds").value = theme.bounds_text;
    }
    only("classes").value = choice.classes || "";
    for (const radio of controls("palette")) radio.checked = radio.value === (choice.palette || "");
    const usual = document.querySelector(".palette-usual");
    theme.usual_colours.forEach(function (colour, i) { usual.children[i].style.background = colour; });
    showBounds();
  };
})();
