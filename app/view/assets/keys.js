/* What Python says of the addresses of Explorer and Écarts: app/view/keys.py, app/view/state.py, app/gaps/view.py.
   Written by scripts/address-keys: make scripts. */

/** @import { Key } from "./query.js" */

/** @type {Key[]} */
export const EXPLORER = [
  {"name": "lieu", "part": "place", "usual": "departement:62", "leads": false, "onPaper": true},
  {"name": "comparer", "part": "compared", "usual": null, "leads": false, "onPaper": true},
  {"name": "indicateur", "part": "indicator", "usual": "fit_par_habitant", "leads": false, "onPaper": true},
  {"name": "niveau", "part": "level", "usual": "epci", "leads": false, "onPaper": true},
  {"name": "dessin", "part": "drawing", "usual": null, "leads": false, "onPaper": true},
  {"name": "methode", "part": "method", "usual": null, "leads": false, "onPaper": true},
  {"name": "classes", "part": "classes", "usual": null, "leads": false, "onPaper": true},
  {"name": "bornes", "part": "bounds", "usual": null, "leads": false, "onPaper": true},
  {"name": "palette", "part": "palette", "usual": null, "leads": false, "onPaper": true},
  {"name": "periode", "part": "period", "usual": null, "leads": false, "onPaper": true},
  {"name": "pactes", "part": "ambitions", "usual": null, "leads": false, "onPaper": true},
  {"name": "tableau", "part": "table", "usual": null, "leads": false, "onPaper": false},
  {"name": "couches", "part": "layers", "usual": "operations", "leads": false, "onPaper": true},
  {"name": "vue", "part": "map_view", "usual": null, "leads": false, "onPaper": false},
];

/** @type {Key[]} */
export const GAPS = [
  {"name": "service", "part": "service", "usual": "colleges_publics", "leads": true, "onPaper": false},
  {"name": "panier", "part": "also", "usual": null, "leads": false, "onPaper": false},
  {"name": "rang", "part": "rank", "usual": "1", "leads": false, "onPaper": false},
  {"name": "seuil", "part": "threshold", "usual": null, "leads": false, "onPaper": false},
  {"name": "modele", "part": "model", "usual": "vol-d-oiseau", "leads": false, "onPaper": false},
  {"name": "cible", "part": "public", "usual": "population", "leads": false, "onPaper": false},
  {"name": "compter", "part": "measured", "usual": "trajet", "leads": false, "onPaper": false},
  {"name": "voisins", "part": "neighbours", "usual": null, "leads": false, "onPaper": false},
  {"name": "sites", "part": "scenarios", "usual": null, "leads": false, "onPaper": false},
  {"name": "scenario", "part": "active", "usual": null, "leads": false, "onPaper": false},
  {"name": "proposer", "part": "proposed", "usual": null, "leads": false, "onPaper": false},
  {"name": "candidats", "part": "candidates", "usual": null, "leads": false, "onPaper": false},
  {"name": "taille", "part": "smallest", "usual": null, "leads": false, "onPaper": false},
  {"name": "autour", "part": "around", "usual": null, "leads": false, "onPaper": false},
  {"name": "vue", "part": "map_view", "usual": null, "leads": false, "onPaper": false},
];

export const SAFE = ":,";

export const WHOLE = "departement:62";

export const NO_LAYER = "aucune";

export const ZOOMS = [7.0, 16.0];

export const LATITUDES = [49.0, 52.0];

export const LONGITUDES = [0.0, 5.0];

/** @type {Record<string, number>} */
export const MINUTES = {"colleges_publics": 15, "maisons_departement": 20, "france_services": 15, "centres_incendie": 10, "lycees": 20, "pharmacies": 15, "supermarches": 15, "mairies": 5};

export const USUAL_MINUTES = 20.0;

export const MOST_SCENARIOS = 4;

export const MOST_SITES = 10;

export const MOST_TOGETHER = 6;

export const CLOSES = "-";

export const BETWEEN_SCENARIOS = "~";
