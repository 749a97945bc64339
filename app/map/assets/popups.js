/* What a point of the map says when it is opened; all of it text nodes. */

import { element } from "../../assets/dom.js";
import { page } from "../../assets/page.js";
import { coveredByPanel } from "./covered.js";

/**
 * @import { Hideout, Item, PointProperties } from "../../assets/types"
 * @import { Layer, Map as LeafletMap } from "leaflet"
 * @import { Standing } from "./standing.js"
 */

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function line(name, text) {
  return text ? element("p", { class: name }, text) : null;
}

/**
 * @param {Item} entry
 * @param {string} layer
 */
function item(entry, layer) {
  const address = page.addressOf(layer, entry.key);
  return element("li", null,
    element("strong", null, entry.title),
    line("popup-amount", entry.amount_text),
    line("popup-summary", entry.summary),
    line("popup-note", entry.note),
    line("popup-note", entry.dates),
    line("popup-note", entry.district),
    address && element("p", null, element("a", { href: address }, "Ouvrir l’opération")),
    ...page.actionsOn(layer, entry.key),
  );
}

/**
 * What a point says when it is opened; all of it text nodes.
 * @param {PointProperties} properties
 * @param {Hideout} hideout
 */
export function tell(properties, hideout) {
  const items = properties.items;
  const head = properties.count > 1 ? properties.count + "\u00a0" + hideout.plural : hideout.singular;
  const unlisted = properties.count - items.length;
  const [place, name] = items[0].sheet
    ? [items[0].sheet, items[0].title]
    : ["commune:" + properties.commune_code, properties.commune];
  return element("div", { class: "popup" },
    element("p", { class: "popup-kind" }, head + ", " + properties.commune),
    element("ul", null, ...items.map((one) => item(one, hideout.layer))),
    line("popup-note", unlisted > 0 ? "Et " + unlisted + " de plus, dans le tableau à télécharger." : ""),
    line("popup-precision", properties.precision_text),
    // a commune across the border has no sheet
    properties.commune_code.startsWith("62") && element("button", { type: "button", class: "link", "data-place": place },
      "Ouvrir la fiche\u00a0: " + name),
  );
}

/** Cards of one pile; a longer pile is told to be looked at from nearer. */
const MOST_CARDS = 12;

/**
 * What the marks under one pointer say, together, with their number.
 * @param {Standing[]} marks
 */
export function tellAll(marks) {
  const told = marks.slice(0, MOST_CARDS).map(({ feature, hideout }) => tell(feature.properties, hideout));
  if (told.length === 1) return told[0];
  const count = marks.reduce((sum, { feature }) => sum + feature.properties.count, 0);
  const rest = marks.length - told.length;
  return element("div", { class: "pile" },
    element("p", { class: "pile-count" }, count + "\u00a0points sous ce repère"),
    ...told,
    line("popup-note", rest > 0 ? "Et " + rest + " de plus\u00a0: approchez la carte pour les séparer." : ""));
}

/** Milliseconds after which a move of the map is the reader's own. */
const SETTLED = 1500;

/**
 * Binds what is said of something, never wider or taller than the part of the map that can be seen.
 * @param {Layer} layer
 * @param {LeafletMap} map
 * @param {() => HTMLElement} say
 */
export function bindBounded(layer, map, say) {
  layer.bindPopup(say, {
    maxWidth: Math.min(320, map.getSize().x - 72), maxHeight: 320, autoPanPadding: [24, 24],
  });
  layer.on("popupopen", (event) => {
    const covered = coveredByPanel();
    Object.assign(event.popup.options, {
      maxWidth: Math.min(320, map.getSize().x - 72),
      maxHeight: Math.max(96, Math.min(320, map.getSize().y - covered - 96)),
      autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [12, 12 + covered],
    });
    event.popup.update();
    // a map that was on its way when the card opened comes to rest with the card outside
    const settle = () => { if (event.popup.isOpen()) event.popup.update(); };
    map.once("moveend", settle);
    setTimeout(() => { map.off("moveend", settle); }, SETTLED);
    event.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Fermer");
  });
}
