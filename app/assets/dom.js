/* Elements: made from data, found, hit by an event. */

/** @import { Attributes, Described } from "./types" */

/**
 * Makes an element; strings become text nodes, so data is never read as HTML.
 * @param {string} tag
 * @param {Attributes | null} attributes
 * @param {(Node | string | number | null | undefined | false)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child || child === 0) made.append(typeof child === "number" ? String(child) : child);
  }
  return made;
}

/**
 * Makes what app/parts/markup.py describes.
 * @param {Described} described
 * @returns {HTMLElement | string | null}
 */
export function build(described) {
  if (described === null || typeof described === "string") return described;
  const [tag, { style, ...attributes }, children] = described;
  const made = element(tag, attributes, ...children.map(build));
  for (const [name, value] of Object.entries(style || {})) made.style.setProperty(name, value);
  return made;
}

/**
 * A part that the page is sure to have.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * A field that the page is sure to have.
 * @param {string} id
 */
export function fieldById(id) {
  return /** @type {HTMLInputElement} */ (document.getElementById(id));
}

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement[]}
 */
export function all(selector, within = document) {
  return [...within.querySelectorAll(/** @type {"div"} */ (selector))];
}

/**
 * Fields that have a value and may be ticked.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLInputElement[]}
 */
export function fields(selector, within = document) {
  return [...within.querySelectorAll(/** @type {"input"} */ (selector))];
}

/**
 * The nearest element that a selector names, at or over what an event happened to.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function hit(event, selector) {
  return event.target instanceof Element ? event.target.closest(/** @type {"div"} */ (selector)) : null;
}

/**
 * The field that was changed.
 * @param {Event} event
 */
export function changed(event) {
  return /** @type {HTMLInputElement} */ (event.target);
}

/** @type {Map<string, unknown>} */
const filled = new Map();

/**
 * A part's content as data → its elements; what is there already is left alone, and what had the focus has it again
 * where it is there again.
 * @param {Described | Described[]} content
 * @param {string} part
 */
export function fill(content, part) {
  if (filled.get(part) === content) return;
  filled.set(part, content);
  const alone = content && typeof content[0] === "string";
  const children = /** @type {Described[]} */ (content === null ? [] : alone ? [content] : content);
  const holder = byId(part);
  const focused = holder.contains(document.activeElement) && document.activeElement?.id;
  holder.replaceChildren(...children.map(build).filter((child) => child !== null));
  const again = focused && document.getElementById(focused);
  if (again) again.focus({ preventScroll: true });
}
