/* What the other files share: the state of the map, elements made from text, French numbers. */

window.dash_clientside = window.dash_clientside || {};
window.dashExtensions = window.dashExtensions || {};
window.dashMantineFunctions = window.dashMantineFunctions || {};

window.dashExtensions.atlas = (function () {
  "use strict";

  const SPACE = "\u00a0";
  const formats = new Map();

  /** Things that outlive a redraw of a layer; each file fills its own part. */
  const state = {
    map: null,
    theme: null,
    place: null,
    shown: null,
    urls: null,
    zones: { communes: new Map(), zones: new Map() },
    waiting: [],
  };

  /** Runs a function now, or as soon as the map exists. */
  function withMap(work) {
    if (state.map) work(state.map);
    else state.waiting.push(work);
  }

  function adopt(map) {
    if (!map || state.map === map) return;
    state.map = map;
    state.waiting.splice(0).forEach(function (work) { work(map); });
  }

  /** Makes an element; strings become text nodes, so data is never read as HTML. */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter(function (child) { return child || child === 0; }));
    return made;
  }

  function style(made, rules) {
    for (const [name, value] of Object.entries(rules)) made.style.setProperty(name, value);
  }

  /** Makes what app/components/markup.py describes: [tag, attributes, children], or a text. */
  function build(described) {
    if (described === null || typeof described === "string") return described;
    const [tag, { style: rules, ...attributes }, children] = described;
    const made = element(tag, attributes, ...children.map(build));
    if (rules) style(made, rules);
    return made;
  }

  function number(value, decimals) {
    if (!formats.has(decimals)) {
      formats.set(decimals, new Intl.NumberFormat("fr-FR", {
        minimumFractionDigits: decimals, maximumFractionDigits: decimals,
      }));
    }
    return formats.get(decimals).format(value);
  }

  /** Writes a value with the unit of a theme; what is not known is said, never written as zero. */
  function quantity(value, theme) {
    if (value === undefined || value === null) return "donnée non disponible";
    const unit = Math.abs(value) < 2 ? theme.unit_of_one : theme.unit;
    return number(value, theme.decimals) + (unit ? SPACE + unit : "");
  }

  /** A colour of 10-tokens.css. */
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  function phone() {
    return window.matchMedia("(max-width: 63.99em)").matches;
  }

  /** A finger does not hover: what it touches it opens. */
  function touch() {
    return window.matchMedia("(hover: none)").matches;
  }

  /** Says a sentence to those who listen to the page. */
  function announce(sentence) {
    const region = document.getElementById("announcements");
    if (region) region.textContent = sentence;
  }

  function set(id, props) {
    window.dash_clientside.set_props(id, props);
  }

  const fetched = new Map();

  /** Fetches a file of the house once; a failure is forgotten, so that it can be tried again. */
  function fetchOnce(url) {
    if (!fetched.has(url)) {
      fetched.set(url, fetch(url).then(function (answer) {
        if (!answer.ok) throw new Error(url + " : " + answer.status);
        return answer.json();
      }).catch(function (error) {
        fetched.delete(url);
        throw error;
      }));
    }
    return fetched.get(url);
  }

  /** A point well inside each perimeter of a level, [longitude, latitude] by code. */
  function anchors(level) {
    return fetchOnce(state.urls.anchors[level]);
  }

  return {
    state, withMap, adopt, element, build, number, quantity, colour, calm, phone, touch, announce, set, fetchOnce,
    anchors,
  };
})();
