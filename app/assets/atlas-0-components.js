/* Components that the first map can do without. Mantine is a megabyte of script, which a browser takes longer
   to run than the map takes to draw: it comes when the map is there, and until then its fields are still
   pictures of themselves. Of Dash's core components only the store is used: it draws nothing. */

(function () {
  "use strict";

  const React = window.React;
  const h = React.createElement;

  const LONGEST_WAIT = 4000;

  window.dash_core_components = { Store: function () { return null; } };

  let mantine = null;
  let theme = {};
  let wanted = null;
  const waiting = new Set();

  function useMantine() {
    const [there, arrive] = React.useState(Boolean(mantine));
    React.useEffect(function () {
      if (mantine) arrive(true);
      else waiting.add(arrive);
      return function () { waiting.delete(arrive); };
    }, []);
    return there;
  }

  /** The theme is kept for the fields: a provider that came late would make the map anew. */
  function Provider({ children, id, setProps, ...rest }) {
    theme = rest;
    return h(React.Fragment, null, children);
  }

  function labelOf(data, value) {
    const options = (data || []).flatMap(function (one) { return one.items || [one]; });
    const option = options.find(function (one) { return one.value === value; });
    return option ? option.label : null;
  }

  /** A field that cannot be used yet, as it will look. */
  function still({ id, label, data, value, placeholder, className }) {
    return h("div", { "aria-hidden": true, className: "still " + (className || ""), "data-still": id },
      label && h("span", { className: "still-label" }, label),
      h("span", { className: "still-field" }, labelOf(data, value) || placeholder));
  }

  function late(name) {
    return function (props) {
      const there = useMantine();
      React.useEffect(function () { if (there) window.dashExtensions.atlas.tellComboboxes(); }, [there]);
      return there ? h(mantine.MantineProvider, theme, h(mantine[name], props)) : still(props);
    };
  }

  const components = { MantineProvider: Provider };

  /* What is asked of Mantine before and after it has come: one component for each name, so that React
     never sees another one in its place. */
  const stand = new Proxy(components, {
    get: function (made, name) { return made[name] || (made[name] = late(name)); },
    has: function (_, name) { return !mantine || name in mantine; },
  });

  Object.defineProperty(window, "dash_mantine_components", {
    get: function () { return stand; },
    set: function (arrived) {
      mantine = arrived;
      waiting.forEach(function (arrive) { arrive(true); });
      setTimeout(function () {
        document.dispatchEvent(new Event("fields"));
        if (wanted) document.getElementById(wanted).focus();
      }, 0);
    },
  });

  let asked = false;

  function load() {
    if (asked) return;
    asked = true;
    for (const src of document.body.dataset.lateScripts.split(" ")) {
      document.head.append(Object.assign(document.createElement("script"), { src }));
    }
  }

  document.addEventListener("drawn", function () {
    requestAnimationFrame(function () { requestAnimationFrame(load); });
  }, { once: true });
  setTimeout(load, LONGEST_WAIT);

  document.addEventListener("pointerdown", function (event) {
    const field = event.target.closest("[data-still]");
    if (field) wanted = field.dataset.still;
  });
})();
