/* The address of a layout: that of the page goes along, as app/web/page_address.py writes it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "../browser_stub.js";

const { layoutQuery } = await import("../../../app/assets/layout.js");

test("the page and its query are in the address of the layout", () => {
  assert.equal(layoutQuery("/", ""), "");
  assert.equal(layoutQuery("/", "?lieu=commune:62041"), "?lieu=commune:62041");
  assert.equal(layoutQuery("/ecarts", ""), "?page=ecarts");
  assert.equal(layoutQuery("/atlas/ecarts", "?service=mairies"), "?page=ecarts&service=mairies");
  assert.equal(layoutQuery("/atlas/", "?lieu=x"), "?lieu=x");
});

test("a long address is cut where the server says that it is too long", () => {
  assert.equal(layoutQuery("/", "?" + "a".repeat(9000)).length, 2101);
});
