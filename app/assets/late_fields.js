/* Components that the first map can do without. Mantine is a megabyte of script, as much to transfer as all that
   the map needs: it comes when somebody goes to its fields, and until then they are buttons that look like them.
   Of Dash's core components only the store is used: it draws nothing. */

import { tellComboboxes } from "./combobox.js";
import { hit } from "./dom.js";
import { page } from "./page.js";

/**
 * @typedef {{ value: string, label: string, items?: Option[] }} Option
 * @typedef {{ id: string, label?: string, data?: Option[], value?: string, placeholder?: string,
 *   className?: string, "aria-label"?: string, setProps?: (changed: { value?: any }) => void }} FieldProps
 */

const React = window.React;
const h = React.createElement;

window.dash_core_components = { Store: () => null };

/** @type {any} */
let mantine = null;
let theme = {};
/**
 * The field that somebody went to before it was there, and the side of a switch that was pressed.
 * @typedef {{ id: string, pressed: boolean, side: string | undefined }} Wanted
 */

/** @type {Wanted | null} */
let wanted = null;
/** @type {Set<(there: boolean) => void>} */
const waiting = new Set();

/** @returns {boolean} */
function useMantine() {
  const [there, arrive] = React.useState(Boolean(mantine));
  React.useEffect(() => {
    if (mantine) arrive(true);
    else waiting.add(arrive);
    return () => { waiting.delete(arrive); };
  }, []);
  return there;
}

/**
 * The theme is kept for the fields: a provider that came late would make the map anew.
 * @param {{ children: unknown, id?: string, setProps?: unknown }} props
 */
function Provider({ children, id, setProps, ...rest }) {
  theme = rest;
  return h(React.Fragment, null, children);
}

/**
 * @param {Option[] | undefined} data
 * @param {string | undefined} value
 */
function labelOf(data, value) {
  const options = (data || []).flatMap((one) => one.items || [one]);
  const option = options.find((one) => one.value === value);
  return option ? option.label : null;
}

/**
 * The options of a switch side by side, the chosen one marked.
 * @param {Option[]} data
 * @param {string | undefined} value
 */
function sides(data, value) {
  return h("span", { className: "still-switch" }, data.map((option) => (
    h("span", {
      key: option.value, "data-side": option.value, "data-chosen": option.value === value || null,
    }, option.label)
  )));
}

/**
 * A field before its scripts have come, as it will look; using it brings them.
 * @param {string} kind
 * @param {FieldProps} props
 */
function still(kind, { id, label, data, value, placeholder, className, "aria-label": name }) {
  const chosen = labelOf(data, value);
  return h("button", {
    type: "button", className: "still " + (className || ""), "data-still": id,
    "aria-haspopup": kind === "Select" ? "listbox" : null,
    "aria-label": [label || name, chosen || placeholder].filter(Boolean).join("\u00a0: "),
  },
  label && h("span", { className: "still-label" }, label),
  kind === "SegmentedControl" ? sides(data || [], value)
    : h("span", { className: "still-field", "data-empty": chosen ? null : "yes" }, chosen || placeholder));
}

/**
 * What was chosen by pressing an option, until the library tells it too.
 * @type {{ id: string, value: unknown } | null}
 */
let early = null;

/**
 * What somebody chooses goes its way at once, before Dash has heard of it; a value that the page put there is none.
 * @param {FieldProps} props
 * @returns {FieldProps}
 */
export function heard(props) {
  return {
    ...props,
    setProps: (changed) => {
      if ("value" in changed && changed.value !== props.value) {
        const told = early && early.id === props.id && early.value === changed.value;
        early = null;
        if (!told) page.fieldChosen(props.id, changed.value);
      }
      props.setProps?.(changed);
    },
  };
}

/**
 * The field and the value of an option of a list that is pressed, when it is another than that in force.
 * @param {Event} event
 */
function optionOf(event) {
  const option = hit(event, "[role=option][data-combobox-option]");
  const field = option && document.querySelector("input[aria-haspopup=listbox][data-expanded]");
  const value = option?.getAttribute("value");
  return option && field && value && !option.hasAttribute("data-combobox-active") ? { id: field.id, value } : null;
}

/** Whether an answer to a hovered option is on its way: one at a time, so that a sweep over a list asks for little. */
let onItsWay = false;

document.addEventListener("pointerover", async (event) => {
  const hovered = onItsWay ? null : optionOf(event);
  if (!hovered) return;
  onItsWay = true;
  await page.fieldExpected(hovered.id, hovered.value);
  onItsWay = false;
}, { passive: true });
// the library takes its time to close the list before it tells what was chosen in it
document.addEventListener("pointerdown", (event) => {
  const pressed = optionOf(event);
  if (pressed) page.fieldExpected(pressed.id, pressed.value);
}, { passive: true, capture: true });
document.addEventListener("click", (event) => {
  early = optionOf(event);
  if (early) page.fieldChosen(early.id, /** @type {string} */ (early.value));
}, { capture: true });

/**
 * @param {string} name
 * @returns {(props: FieldProps) => unknown}
 */
function late(name) {
  return (props) => {
    const there = useMantine();
    React.useEffect(() => { if (there) tellComboboxes(); }, [there]);
    return there ? h(mantine.MantineProvider, theme, h(mantine[name], heard(props))) : still(name, props);
  };
}

/** @type {Record<string, unknown>} */
const components = { MantineProvider: Provider };

/* What is asked of Mantine before and after it has come: one component for each name, so that React
   never sees another one in its place. */
const stand = new Proxy(components, {
  get: (made, /** @type {string} */ name) => made[name] || (made[name] = late(name)),
  has: (_, name) => !mantine || name in mantine,
});

Object.defineProperty(window, "dash_mantine_components", {
  get: () => stand,
  set: (arrived) => {
    mantine = arrived;
    waiting.forEach((arrive) => { arrive(true); });
    setTimeout(() => {
      document.dispatchEvent(new Event("fields"));
      if (wanted) take(wanted);
    }, 0);
  },
});

/**
 * Gives the focus to the field that somebody went to before it was there, and chooses what was pressed in it.
 * @param {Wanted} field
 */
function take({ id, pressed, side }) {
  const field = document.getElementById(id);
  const of = side === undefined ? ":checked" : `[value="${CSS.escape(side)}"]`;
  const input = field && (field.matches("input") ? field : field.querySelector("input" + of));
  // who has gone elsewhere meanwhile is left there
  if (!(input instanceof HTMLElement) || document.activeElement !== document.body) return;
  input.focus();
  if (pressed) input.click();
}

let asked = false;

function load() {
  if (asked) return;
  asked = true;
  for (const src of (document.body.dataset.lateScripts || "").split(" ")) {
    document.head.append(Object.assign(document.createElement("script"), { src }));
  }
}

/**
 * Runs a function as soon as the fields are there, and brings them.
 * @param {() => void} work
 */
export function withFields(work) {
  if (mantine) {
    work();
    return;
  }
  document.addEventListener("fields", work, { once: true });
  load();
}

/** @param {Event} event */
function near(event) {
  const room = hit(event, ".header, .panel");
  if (room && document.querySelector("[data-still]")) load();
}

// a screen reader presses without pointer or focus
for (const kind of ["pointerover", "pointerdown", "focusin", "click"]) {
  document.addEventListener(kind, near, { passive: true });
}
document.addEventListener("keydown", load, { once: true });

/**
 * @param {Event} event
 * @param {boolean} pressed
 */
function want(event, pressed) {
  const id = hit(event, "[data-still]")?.dataset.still;
  if (id) wanted = { id, pressed, side: hit(event, "[data-side]")?.dataset.side };
}

document.addEventListener("focusin", (event) => { want(event, false); });
document.addEventListener("click", (event) => { want(event, true); });
