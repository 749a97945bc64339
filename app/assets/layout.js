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

window.fetch = (asked, options) => {
  const there = typeof asked === "string" ? own(asked) : null;
  if (there) return Promise.resolve(there);
  const whole = typeof asked === "string" && asked.endsWith("/" + LAYOUT)
    ? asked + layoutQuery(window.location.pathname, window.location.search)
    : asked;
  return ask.call(window, whole, options);
};
