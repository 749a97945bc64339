/* Dash asks for the layout at one address for all pages. Here the address of the page goes along, so that an answer
   depends on its own address alone: not on the referrer, which some browsers hide and caches do not see.
   `app/web/page_address.py` writes the same address into the page, which asks for it ahead of time. */

const LAYOUT = "_dash-layout";
/** Characters of an address that go along; the server reads fewer, and says that it was too long. */
const LONGEST = 2100;

/**
 * The query of the layout of a page.
 * @param {string} pathname
 * @param {string} search with its `?`, or empty
 */
export function layoutQuery(pathname, search) {
  const page = pathname.slice(pathname.lastIndexOf("/") + 1);
  const parts = [page && "page=" + page, search.slice(1, LONGEST + 1)].filter(Boolean);
  return parts.length ? "?" + parts.join("&") : "";
}

const ask = window.fetch;

/** @type {(url: string) => Response | null} */
let own = () => null;

/**
 * Lets what is asked for be answered from what the page has already.
 * @param {(url: string) => Response | null} answer null where it has it not
 */
export function answerBy(answer) {
  own = answer;
}

/** Outlines have their content in their name: two parts of the map that want the same file get one answer. */
const LASTING = "/geometrie/";

/** @type {Map<string, Promise<Blob>>} */
const kept = new Map();

/**
 * @param {string} url
 * @param {RequestInit | undefined} options
 */
async function once(url, options) {
  const known = kept.get(url);
  if (known) return new Response(await known, { headers: { "Content-Type": "application/json" } });
  const answer = ask.call(window, url, options);
  const body = answer.then((got) => (got.ok ? got.blob() : Promise.reject(new Error(url + " : " + got.status))));
  kept.set(url, body);
  body.catch(() => { kept.delete(url); });
  return new Response(await body, { headers: { "Content-Type": "application/json" } });
}

window.fetch = (asked, options) => {
  const there = typeof asked === "string" ? own(asked) : null;
  if (there) return Promise.resolve(there);
  if (typeof asked === "string" && asked.includes(LASTING)) return once(asked, options);
  const whole = typeof asked === "string" && asked.endsWith("/" + LAYOUT)
    ? asked + layoutQuery(window.location.pathname, window.location.search)
    : asked;
  return ask.call(window, whole, options);
};
