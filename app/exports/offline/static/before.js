/* Stands before the Explorer's scripts where Dash does on a server: what they set is done here at once. */

window.dash_clientside = {
  no_update: {},
  callback_context: {},

  set_props: function (id, props) {
    const name = typeof id === "string" ? id : id.kind;
    const set = window.atlasOffline && window.atlasOffline.setters[name];
    if (set) set(props, id);
  },
};

/* Parts of the Explorer that the file has not (table, forms, address) are asked for in vain. */

window.dashExtensions = (function () {
  "use strict";

  let parts = null;
  const nothing = function () {};

  return {
    get atlas() { return parts; },
    set atlas(made) {
      parts = new Proxy(made, {
        get: function (held, name) { return name in held ? held[name] : nothing; },
      });
    },
  };
})();
