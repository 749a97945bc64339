/* The search box without Mantine: the Explorer's own search in the combobox pattern of WAI-ARIA. */

import { announce, phone } from "../../../assets/core.js";
import { all, byId, element, fieldById, hit } from "../../../assets/dom.js";
import { showPanel } from "../../../assets/panels.js";
import { goToFound, search } from "../../../map/assets/search.js";

const box = fieldById("search");
const list = byId("found");

function options() {
  return all("[role=option]", list);
}

function marked() {
  return all("[data-combobox-selected]", list)[0];
}

/** @param {HTMLElement | undefined} option */
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

/** @param {boolean} wanted */
function open(wanted) {
  list.hidden = !wanted;
  box.setAttribute("aria-expanded", String(wanted));
  if (!wanted) mark(undefined);
}

/** @param {ReturnType<typeof search>} groups */
function render(groups) {
  let number = 0;
  list.replaceChildren(...groups.map(({ group, items }) => {
    const title = "group-" + (number += 1);
    return element("li", { role: "presentation" },
      element("p", { class: "found-group", id: title, role: "presentation" }, group),
      element("ul", { role: "group", "aria-labelledby": title }, ...items.map((item) => element("li", {
        role: "option", id: "option-" + (number += 1), "data-value": item.value, "aria-selected": "false",
      }, item.label))));
  }));
}

function look() {
  const text = box.value.trim();
  const found = text ? search(text) : [];
  render(found);
  open(found.length > 0);
  if (text) announce(options().length + " lieux trouvés.");
  mark(options()[0]);
}

/** @param {HTMLElement} option */
function take(option) {
  box.value = "";
  open(false);
  goToFound(option.dataset.value || null);
  if (phone()) showPanel("sheet");
}

box.addEventListener("input", look);
box.addEventListener("focus", look);
box.addEventListener("blur", () => { open(false); });
box.addEventListener("keydown", (event) => {
  const found = options();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step && found.length) {
    event.preventDefault();
    open(true);
    mark(found[(found.indexOf(marked()) + step + found.length) % found.length]);
  } else if (event.key === "Escape") open(false);
});
list.addEventListener("pointerdown", (event) => { event.preventDefault(); });
list.addEventListener("click", (event) => {
  const option = hit(event, "[role=option]");
  if (option) take(option);
});
