/* Writes the addresses of views that are given, as JSON, on the standard input: what the scripts of the browser make
   of what the stores hold. test_both_languages.py compares them with those of Python. */

import { readFileSync } from "node:fs";

import "../browser_stub.js";
import { change, texts } from "../../../app/assets/address.js";
import { page } from "../../../app/assets/page.js";
import "../../../app/explore/assets/explore.js";
import { textsOf } from "../../../app/gaps/assets/view.js";
import { EXPLORER, GAPS } from "../../../app/view/assets/keys.js";
import { read, write, writeMapView } from "../../../app/view/assets/query.js";

/** @param {[zoom: number, latitude: number, longitude: number] | null} seen */
function mapView(seen) {
  return seen && writeMapView(...seen);
}

/** @type {{ explorer: any[], gaps: any[] }} */
const given = JSON.parse(readFileSync(0, "utf8"));

/** One after another in the same window: each view is reached from the one before, part by part. */
const explorer = given.explorer.map((view) => {
  change(view.choice);
  page.layersChosen(view.layers);
  change(view.operations);
  page.choose(view.place);
  change({ table: view.table, map_view: mapView(view.map_view) });
  const written = window.location.search;
  return [written, write(read(written, EXPLORER), EXPLORER), write(texts(), EXPLORER)];
});
const gaps = given.gaps.map((view) => {
  const written = write({ ...textsOf(view), map_view: mapView(view.map_view) }, GAPS);
  return [written, write(read(written, GAPS), GAPS)];
});
// what was chosen waits for a map, which is not here
process.stdout.write(JSON.stringify({ explorer, gaps }), () => process.exit());
