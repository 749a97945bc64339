/* The search box without Mantine: the Explorer's own search in the combobox pattern of WAI-ARIA. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;
  const box = document.getElementById("search");
  const list = document.getElementById("found");

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  function marked() {
    return list.querySelector("[data-combobox-selected]");
  }

  function mark(option) {
    for (const other of options()) {
      other.toggleAttribute("data-combobox-selected", other === option);
      other.setAttribute("aria-selected", String(other === option));
    }
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function open(wanted) {
    list.hidden = !wanted;
    box.setAttribute("aria-expanded", String(wanted));
    if (!wanted) mark(null);
  }

  function render(groups) {
    let number = 0;
    list.replaceChildren(...groups.map(function ({ group, items }) {
      const title = "group-" + (number += 1);
      return atlas.element("li", { role: "presentation" },
        atlas.element("p", { class: "found-group", id: title, role: "presentation" }, group),
        atlas.element("ul", { role: "group", "aria-labelledby": title }, ...items.map(function (item) {
          return atlas.element("li", {
            role: "option", id: "option-" + (number += 1), "data-value": item.value, "aria-selected": "false",
          }, item.label);
        })));
    }));
  }

  function search() {
    const text = box.value.trim();
    const found = text
      ? window.dashMantineFunctions.atlasSearch({ options: window.atlasOffline.options, search: text })
      : [];
    render(found);
    open(found.length > 0);
    if (text) atlas.announce(options().length + " lieux trouvés.");
    mark(options()[0]);
  }

  function take(option) {
    box.value = "";
    open(false);
    window.dash_clientside.atlas.go_to_found(option.dataset.value);
    if (atlas.phone()) atlas.showPanel("sheet");
  }

  box.addEventListener("input", search);
  box.addEventListener("focus", search);
  box.addEventListener("blur", function () { open(false); });
  box.addEventListener("keydown", function (event) {
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) {
      event.preventDefault();
      open(true);
      mark(all[(all.indexOf(marked()) + step + all.length) % all.length]);
    } else if (event.key === "Escape") open(false);
  });
  list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
})();
