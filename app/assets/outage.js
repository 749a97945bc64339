/* The server does not answer: said in a banner that can be put away. What is missing is asked for again by itself, and
   the banner goes when it has come. */

import { element } from "./dom.js";

const BANNER = "outage";
/** Milliseconds until what is missing is asked for again, the last of them again and again. */
const PAUSES = [2000, 4000, 8000, 15000];

/** @type {Map<string, () => void>} */
const missing = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let round = 0;

/** @param {(Node | string)[]} said */
function say(...said) {
  document.getElementById(BANNER)?.replaceChildren(...said);
}

function askAgain() {
  clearTimeout(timer);
  for (const again of [...missing.values()]) again();
}

function askLater() {
  clearTimeout(timer);
  timer = setTimeout(askAgain, PAUSES[Math.min(round, PAUSES.length - 1)]);
  round += 1;
}

/**
 * An answer did not come.
 * @param {string} kind of the answer; a newer one takes the place of an older
 * @param {string} sentence what the page shows meanwhile
 * @param {() => void} again asks for it once more
 */
export function missed(kind, sentence, again) {
  // what was put away stays so while the same answer is awaited
  if (!missing.has(kind)) {
    say(element("p", null, sentence),
      element("button", { type: "button", class: "link", "data-hide": BANNER }, "Fermer"));
  }
  missing.set(kind, again);
  askLater();
}

/**
 * An answer came, or nobody waits for it any more: the server is there, what else is missing is asked for at once.
 * @param {string} kind
 */
export function answered(kind) {
  if (!missing.size) return;
  missing.delete(kind);
  round = 0;
  if (missing.size) {
    askAgain();
    return;
  }
  clearTimeout(timer);
  say();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-hide]");
  if (button) say();
});
window.addEventListener("online", askAgain);
