/* The search of the pages without a map: what is found opens in Explorer. */

import "../../assets/remember.js";
import { useFinder } from "../../map/assets/finder.js";
import { searchIn } from "../../map/assets/search.js";

const box = document.getElementById("search");
if (box) {
  const { names = "", explore = "" } = box.dataset;
  searchIn(names);
  useFinder((value) => {
    const [place, object] = value.split("#");
    const layer = object && !object.startsWith("ancien/") ? object.split("/")[0] : place.startsWith("qpv:") ? "qpv" : "";
    window.location.assign(explore + "?lieu=" + encodeURIComponent(place).replace(/%3A/g, ":")
      + (layer ? "&couches=" + layer : "") + (object && layer ? "#point=" + encodeURIComponent(object) : ""));
  });
}
