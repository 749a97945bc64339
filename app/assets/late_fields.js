/* Components that the first map can do without. Mantine is a megabyte of script, as much to transfer as all that
   the map needs: it comes when somebody goes to its fields, and until then they are buttons that look like them.
   Of Dash's core components only the store is used: it draws nothing. */

(function () {
  "use strict";

  const React = window.React;
  const h = React.createElement;

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

  /** The options of a switch side by side, the chosen one marked. */
  function sides(data, value) {
    return h("span", { className: "still-switch" }, data.map(function (option) {
      return h("span", { key: option.value, "data-chosen": option.value === value || null }, option.label);
    }));
  }

  /** A field before its scripts have come, as it will look; using it brings them. */
  function still(kind, { id, label, data, value, placeholder, className, "aria-label": name }) {
    const chosen = labelOf(data, value);
    return h("button", {
      type: "button", className: "still " + (className || ""), "data-still": id,
      "aria-haspopup": kind === "Select" ? "listbox" : null,
      "aria-label": [label || name, chosen || placeholder].filter(Boolean).join("\u00a0: "),
    },
    label && h("span", { className: "still-label" }, label),
    kind === "SegmentedControl" ? sides(data, value)
      : h("span", { className: "still-field", "data-empty": chosen ? null : "yes" }, chosen || placeholder));
  }

  function late(name) {
    return function (props) {
      const there = useMantine();
      React.useEffect(function () { if (there) window.dashExtensions.atlas.tellComboboxes(); }, [there]);
      return there ? h(mantine.MantineProvider, theme, h(mantine[name], props)) : still(name, props);
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
        if (wanted) take(wanted);
      }, 0);
    },
  });

  /** Gives the focus to the field that somebody went to before it was there. */
  function take({ id, pressed }) {
    const field = document.getElementById(id);
    const input = field && (field.matches("input") ? field : field.querySelector("input:checked"));
    // who has gone elsewhere meanwhile is left there
    if (!input || document.activeElement !== document.body) return;
    input.focus();
    if (pressed) input.click();
  }

  let asked = false;

  function load() {
    if (asked) return;
    asked = true;
    for (const src of document.body.dataset.lateScripts.split(" ")) {
      document.head.append(Object.assign(document.createElement("script"), { src }));
    }
  }

  /** Runs a function as soon as the fields are there, and brings them. */
  window.atlasFields = function (work) {
    if (mantine) return work();
    document.addEventListener("fields", work, { once: true });
    load();
  };

  function near(event) {
    const room = event.target instanceof Element && event.target.closest(".header, .panel");
    if (room && room.querySelector("[data-still]")) load();
  }

  // a screen reader presses without pointer or focus
  for (const kind of ["pointerover", "pointerdown", "focusin", "click"]) document.addEventListener(kind, near, { passive: true });
  document.addEventListener("keydown", load, { once: true });

  function want(event, pressed) {
    const field = event.target.closest("[data-still]");
    if (field) wanted = { id: field.dataset.still, pressed };
  }

  document.addEventListener("focusin", function (event) { want(event, false); });
  document.addEventListener("click", function (event) { want(event, true); });
})();
