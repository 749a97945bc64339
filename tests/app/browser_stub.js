/* As much of a browser as the scripts ask for when they are loaded; imported before them. */

/** Listeners of the document by kind of event, for tests to call. */
/** @type {Map<string, ((event: any) => void)[]>} */
export const heard = new Map();
/** What was set of Dash's components, in order. */
/** @type {[id: unknown, props: any][]} */
export const settings = [];

const part = () => ({
  replaceChildren() {}, append() {}, setAttribute() {}, contains: () => false, dataset: {}, style: {}, textContent: "",
  querySelector: () => null, getContext: () => ({ measureText: () => ({ width: 0 }) }),
});
const document = {
  ...part(),
  documentElement: part(),
  body: part(),
  head: part(),
  activeElement: null,
  createElement: part,
  getElementById: part,
  querySelector: () => null,
  querySelectorAll: () => [],
  /** @type {(kind: string, work: (event: any) => void) => void} */
  addEventListener: (kind, work) => { heard.set(kind, [...(heard.get(kind) || []), work]); },
};
const location = { search: "", pathname: "/", href: "" };
/** What was put into the history, in order. */
/** @type {string[]} */
export const visited = [];

/** @type {(_: null, __: string, url: string) => void} */
function go(_, __, url) {
  location.search = url.startsWith("?") ? url : "";
}

/** Listeners of the window by kind of event, for tests to call. */
/** @type {Map<string, ((event: any) => void)[]>} */
export const windowHeard = new Map();

/**
 * The reader goes back or forward to an address.
 * @param {string} search
 */
export function travel(search) {
  location.search = search;
  for (const work of windowHeard.get("popstate") || []) work({});
}

const NO_UPDATE = { said: "no update" };
const window = {
  dash_clientside: {
    no_update: NO_UPDATE,
    set_props: (/** @type {unknown} */ id, /** @type {any} */ props) => { settings.push([id, props]); },
  },
  /** @type {(kind: string, work: (event: any) => void) => void} */
  addEventListener: (kind, work) => { windowHeard.set(kind, [...(windowHeard.get(kind) || []), work]); },
  location,
  history: {
    /** @type {(_: null, __: string, url: string) => void} */
    pushState: (_, __, url) => {
      go(_, __, url);
      visited.push(url);
    },
    replaceState: go,
  },
  L: {},
  React: { createElement: () => null },
};
Object.assign(globalThis, {
  document, window, Element: class {}, HTMLElement: class {}, MutationObserver: class { observe() {} }, getComputedStyle: () => ({ getPropertyValue: () => "" }),
  requestAnimationFrame: (/** @type {() => void} */ work) => setTimeout(work, 0),
});
