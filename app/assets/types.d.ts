/* The shapes that several scripts share, and the names that Dash and its libraries have on the window. */

import type * as Leaflet from "leaflet";
import type { Key } from "../view/assets/query.js";
import type { Feature, FeatureCollection, Point } from "geojson";

/** What app/components/markup.py describes: tag, attributes, children; or a text. */
export type Described = string | null | [string, Attributes & { style?: Record<string, string> }, Described[]];
export type Attributes = Record<string, unknown>;
/** `[longitude, latitude]`, degrees. */
export type Position = [number, number];
export type Registry = "communes" | "zones";
export type Outline = Feature<any, { code: string; name: string; kind?: string }>;

/** The choice of what is drawn, as the store and the address hold it. */
export interface Choice {
  indicator: string;
  level: string;
  drawing: string | null;
  method: string | null;
  classes: string | null;
  bounds: string | null;
  palette: string | null;
}

export interface Theme {
  title: string;
  level: string;
  drawing: string;
  unit: string;
  unit_of_one: string;
  decimals: number;
  kind: string;
  pair: string;
  money: boolean;
  bounds: number[];
  colours: string[];
  zero_apart: boolean;
  values: Record<string, number>;
  /** Codes without a value by the key of their state, those of nothing known left out. */
  absent: Record<string, string[]>;
  /** What is said of each state without a value, by key. */
  said: Record<string, string>;
  /** What is known of the perimeters that are known in part, by code. */
  told: Record<string, string>;
  largest: number;
  radius: number;
  method: string;
  bounds_text: string;
  usual_colours: string[];
  choice: Choice;
  refused: boolean;
  listed: string;
  /** A page of its own way: the fill of a perimeter, and what is said of it. */
  fillOf?: (code: string) => string;
  tell?: (code: string) => string;
}

/** Addresses of the files that the map draws; three resolutions of each level. */
export interface Urls {
  [level: string]: any;
  anchors: Record<string, string>;
  names: string;
  search: string;
  /** The places that a subject, as `contrat:ct-ternois`, lies in. */
  within: Record<string, string[]>;
  points: Record<string, string>;
  /** Large layers: what answers for a frame of the map. */
  byFrame?: Record<string, string>;
  perimeters: Record<string, string[]>;
  areas?: Record<string, string>;
  /** One file for each resolution, the coarsest first; none where there is no background. */
  background?: string[];
}

/** What one point tells of. */
export interface Item {
  key: string;
  title: string;
  /** What has a sheet of its own: `qpv:QN06203M`. */
  sheet?: string;
  summary?: string;
  note?: string;
  district?: string;
  /** When works are foreseen, of which vote the money is. */
  dates?: string;
  amount: number;
  amount_text?: string;
}

export interface PointProperties {
  shape: string;
  count: number;
  amount: number;
  items: Item[];
  all?: Item[];
  commune: string;
  commune_code: string;
  precision_text: string;
  label?: string;
  cluster?: boolean;
  point_count?: number;
}

/** A layer of areas, with its words and its sign. */
export type AreaCollection = FeatureCollection<any, PointProperties & { at: Position }> & {
  singular: string;
  plural: string;
  colour: string;
  letter: string;
};

export type PointFeature = Feature<Point, PointProperties>;

/** How a layer of points is drawn and what it is called. */
export interface Hideout {
  layer: string;
  letter: string;
  colour: string;
  singular: string;
  plural: string;
  circles: boolean;
  largest: number;
  radius: number;
}

/** What dash-leaflet hands to the functions that draw. */
export interface Context<H = any> {
  map: Leaflet.Map;
  url: string;
  id: string;
  hideout: H;
}

export interface OperationChoice {
  period: string | null;
  ambitions: string | null;
}

/** The map and what is shown on it; each script fills in its own part. */
export interface State {
  map: Leaflet.Map | null;
  theme: Theme | null;
  /** The perimeter that is selected, and all that the sheet shows. */
  place: string | null;
  shown: string | null;
  urls: Urls;
  zones: Record<Registry, Map<string, any>>;
  waiting: ((map: Leaflet.Map) => void)[];
  perimeters: Record<string, Leaflet.LayerGroup>;
  resolution: number;
  /** The layers of circles, of the selected outline, what the pointer says. */
  circles: Leaflet.LayerGroup | null;
  outline: Leaflet.LayerGroup | null;
  tooltip: Leaflet.Tooltip | null;
  /** The map moves by the page's own doing; by hand; was moved by hand since it was framed. */
  guided: boolean;
  touched: boolean;
  free: boolean;
  framed: any;
  /** An address is being taken up. */
  restoring: boolean;
  /** Code of the perimeter that the keyboard stands on; key of the operation to open. */
  active: string | null;
  opening: string | null;
}

/** What the page at hand does at the gestures that the map, the search and the shell hear. */
export interface Page {
  /** The keys of its address. */
  keys: Key[];
  /** A place is about to be chosen; is chosen; a perimeter of the map is pressed. */
  expect(shown: string): Promise<void> | void;
  choose(shown: string): void;
  pick(place: string): void;
  /** An option of a field is under the pointer; another value is chosen in it, null empties it. */
  fieldExpected(field: string, value: string): Promise<void> | void;
  fieldChosen(field: string, value: string | null): void;
  /** What is on the map has changed. */
  placeShown(shown: string, same: boolean): void;
  themeShown(theme: Theme): void;
  pointMade(feature: PointFeature, layer: Leaflet.Layer, redraw: (doubtful: boolean) => void, hideout: Hideout): void;
  pointOpened(layer: string, item: Item): void;
  openTable(open: boolean, rows?: string): void;
  /** Layers are ticked, in the order of the list. */
  layersChosen(layers: string[]): void;
  operationChoice(): OperationChoice | null;
  /** What the table shows, where the page has a table of its own: the address of its question. */
  tableAsked(): string;
  openOperation(key: string): void;
  /** Where an object of a layer has a page of its own; empty where it has none. */
  addressOf(layer: string, key: string): string;
  /** What can be done with an object of a layer, in its card. */
  actionsOn(layer: string, key: string): HTMLElement[];
  /** Runs a function when the fields can be filled. */
  withFields(work: () => void): void;
}

declare global {
  interface Window {
    L: typeof Leaflet;
    React: any;
    dash_core_components: Record<string, unknown>;
    dash_mantine_components: any;
    dash_ag_grid: any;
    dash_clientside: any;
    dashExtensions: any;
    dashAgGridFunctions: any;
    dashAgGridComponentFunctions: any;
    /** Called by the script that folium writes. */
    atlasOffline: any;
  }
}
