/* What is chosen → what the server says of it. It is asked for at the gesture, before the choice has gone
   through Dash, and drawn as soon as it is there; the stores follow. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;

  const FAILURE = "Le serveur n’a pas répondu : réessayez, ou rechargez la page.";
  const LONGEST_FRAME = 100;
  /** Part of the choice → key of the address. */
  const KEYS = {
    indicator: "indicateur", level: "niveau", drawing: "dessin", method: "methode", classes: "classes",
    bounds: "bornes", palette: "palette",
  };

  function address(path, parts) {
    const given = Object.entries(parts).filter(function ([, value]) { return value; });
    return path + "?" + given.map(function ([key, value]) { return key + "=" + encodeURIComponent(value); }).join("&");
  }

  function themeOf(choice) {
    return address("/choix/theme", Object.fromEntries(Object.entries(KEYS).map(function ([part, key]) {
      return [key, choice[part]];
    })));
  }

  function sheetOf(shown) {
    const [lieu, ...others] = shown.split(",");
    return address("/choix/fiche", { lieu, comparer: others.join(",") });
  }

  function expect(url) {
    atlas.fetchOnce(url).catch(function () { /* whoever needs it says so */ });
  }

  /** Asks for the sheet of what is about to be chosen. */
  atlas.expectSheet = function (shown) { expect(sheetOf(shown)); };

  /** Makes a choice of what is drawn; the map follows from the store. */
  atlas.chooseTheme = function (choice) {
    expect(themeOf(choice));
    atlas.set("choice", { data: choice });
  };

  /** Between the press and the release of a button lies a tenth of a second. */
  document.addEventListener("pointerdown", function (event) {
    const link = event.target.closest("#shell [data-place]");
    if (link && document.getElementById("sheet-body")) atlas.expectSheet(link.dataset.place);
  }, { passive: true });

  /** Resolves when what was drawn has been painted; in a tab that nobody sees, soon. */
  function painted() {
    return new Promise(function (done) {
      requestAnimationFrame(function () { setTimeout(done, 0); });
      setTimeout(done, LONGEST_FRAME);
    });
  }

  const latest = {};

  /** Draws an answer, unless another one was asked for since; gives what the stores are to hold. */
  function bring(kind, url, draw, outputs) {
    latest[kind] = url;
    return atlas.fetchOnce(url).then(function (answer) {
      if (latest[kind] === url) draw(answer);
      return painted().then(function () { return outputs(answer); });
    }, function () {
      atlas.set("remarks", { children: FAILURE });
      return outputs(null);
    });
  }

  function held(answer, parts) {
    return parts.map(function (part) { return answer ? part(answer) : window.dash_clientside.no_update; });
  }

  function only(part) {
    return function (answer) { return answer[part]; };
  }

  function picked(step) {
    return function (answer) { return answer.picked[step]; };
  }

  const SHEET = [
    only("sheet"), only("trail"), only("epcis"), only("communes"), picked("territory"), picked("epci"),
    picked("commune"), only("picked"), only("name"),
  ];
  const THEME = ["theme", "legend", "indicator", "measure", "levels", "level", "drawing"].map(only);

  window.dash_clientside.atlas = {
    ...window.dash_clientside.atlas,

    /** Store of the place → its sheet, the way to it, what the fields offer. */
    bring_sheet: function (shown) {
      return bring("sheet", sheetOf(shown), function ({ sheet, trail }) {
        window.dash_clientside.atlas.fill(sheet, "sheet-body");
        window.dash_clientside.atlas.fill(trail, "trail");
      }, function (answer) { return held(answer, SHEET); });
    },

    /** Store of the choice → the theme, its legend, what the fields show. */
    bring_theme: function (choice) {
      return bring("theme", themeOf(choice), function ({ theme, legend }) {
        window.dash_clientside.atlas.show_theme(theme, atlas.state.urls);
        window.dash_clientside.atlas.fill(legend, "legend");
      }, function (answer) { return held(answer, THEME); });
    },
  };
})();
