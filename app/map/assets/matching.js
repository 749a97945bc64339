/* Matching: what a few letters may mean among thousands of names, in a millisecond or two.

   Each entry is a set of words. A word of the query fits a word that it is or begins; when hardly
   anything fits so, also one that it is or begins but for a slip of the finger or two: a letter
   too many, too few, wrong, or two swapped (the restricted edit distance of Damerau and
   Levenshtein, its last row read anywhere so that an unfinished word fits too). */

/**
 * @typedef {object} Entry what can be found
 * @property {string} value
 * @property {string} label
 * @property {string} detail
 * @property {string} [others] other names of it, with a bar between two: acronyms, other spellings
 * @property {string} kind
 * @property {number} weight the heavier of two equals comes first
 *
 * @typedef {Entry & { plain: string, glued: string, also: string[], named: number[], aside: number[] }} Indexed
 * @typedef {{ entries: Indexed[], words: string[] }} Index
 * @typedef {(entry: Entry) => boolean} Kept
 * @typedef {{ plain: string, glued: string, words: { word: string, costs: number[] }[] }} Query
 */

/**
 * Words that are written in two ways, each with the way kept to compare by: geo/names.py.
 * @type {Record<string, string>}
 */
const WORDS = {
  st: "saint", ste: "sainte", sts: "saints", stes: "saintes", lez: "les", deux: "2", sept: "7",
};
const FILLERS = new Set(["a", "d", "de", "des", "du", "et", "l", "la", "le", "les"]);

const BEGINS = 0.2;
const FILLED = 0.3;
const GLUED = 0.5;
const ASIDE = 0.6;
const SLIP = 1;
const OTHER_INITIAL = 0.4;
const WHOLE_NAME = 2;
const BEGINNING = 1;
const LARGER = 0.05;
const HARDLY_ANY = 3;

/**
 * Slips that a word of the query may hold: none in a short one or a number, for they are others'.
 * @param {string} word
 */
function slips(word) {
  return word.length < 4 || /\d/.test(word) ? 0 : word.length < 7 ? 1 : 2;
}

/** @param {string} text */
function letters(text) {
  return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/&/g, " et ").normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
}

/** @param {string} text */
function wordsOf(text) {
  const plain = letters(text);
  return plain ? plain.split(" ") : [];
}

/** @param {string} word */
function known(word) {
  return WORDS[word] || word;
}

/**
 * Fewest slips between a query's word and a word or its beginning; more than `most` is most + 1.
 * @param {string} query
 * @param {string} word
 * @param {number} most
 */
function distance(query, word, most) {
  const width = word.length + 1;
  /** @type {number[] | null} */
  let older = null;
  let above = Array.from({ length: width }, (_, j) => j);
  for (let i = 1; i <= query.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j < width; j += 1) {
      const wrong = query[i - 1] === word[j - 1] ? 0 : 1;
      let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + wrong);
      if (older && j > 1 && query[i - 1] === word[j - 2] && query[i - 2] === word[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [older, above] = [above, row];
  }
  const whole = above[width - 1];
  return Math.min(whole, Math.min(...above) + BEGINS);
}

/**
 * All entries by the words they hold; each word is looked at once for each word of a query.
 * @param {Entry[]} entries
 * @returns {Index}
 */
export function makeIndex(entries) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const numbersOf = (/** @type {string[]} */ words) => [...new Set(words)].map((word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
  const indexed = entries.map((entry) => {
    const name = wordsOf(entry.label).map(known);
    const others = (entry.others || "").split("|");
    const aside = wordsOf([entry.detail, entry.kind, entry.value, ...others].join(" ")).map(known);
    const also = others.map((other) => wordsOf(other).map(known).join(" ")).filter(Boolean);
    return {
      ...entry, plain: name.join(" "), glued: name.join(""), also, named: numbersOf(name), aside: numbersOf(aside),
    };
  });
  return { entries: indexed, words: [...numbers.keys()] };
}

/**
 * @param {string} word
 * @param {string[]} words
 * @param {boolean} slippery
 */
function costsOf(word, words, slippery) {
  const same = known(word);
  const most = slippery ? slips(word) : 0;
  return words.map((candidate) => {
    if (candidate === word || candidate === same) return 0;
    if (candidate.startsWith(word) || candidate.startsWith(same)) return BEGINS;
    if (!most || candidate.length < word.length - most) return Infinity;
    const found = distance(word, candidate, most);
    if (found >= most + 1) return Infinity;
    return found * SLIP + (candidate[0] === word[0] ? 0 : OTHER_INITIAL);
  });
}

/**
 * @param {number[]} numbers
 * @param {number[]} costs
 */
function least(numbers, costs) {
  let best = Infinity;
  for (const number of numbers) if (costs[number] < best) best = costs[number];
  return best;
}

/**
 * What an entry costs for a query, the lower the better; Infinity when it does not fit.
 * @param {Indexed} entry
 * @param {Query} query
 */
function score(entry, query) {
  let total = 0;
  for (const { word, costs } of query.words) {
    const cost = Math.min(least(entry.named, costs), least(entry.aside, costs) + ASIDE);
    total += cost === Infinity && FILLERS.has(word) ? FILLED : cost;
  }
  if (entry.glued.startsWith(query.glued)) total = Math.min(total, GLUED);
  if (entry.plain === query.plain || entry.also.includes(query.plain)) total -= WHOLE_NAME;
  else if (entry.plain.startsWith(query.plain) || query.plain.startsWith(entry.plain + " ")) total -= BEGINNING;
  return total - LARGER * Math.log10(1 + entry.weight);
}

/**
 * @param {Index} index
 * @param {string[]} words
 * @param {boolean} slippery
 * @param {Kept | null} kept
 */
function fitting(index, words, slippery, kept) {
  const query = {
    plain: words.map(known).join(" "), glued: words.map(known).join(""),
    words: words.map((word) => ({ word, costs: costsOf(word, index.words, slippery) })),
  };
  const found = [];
  for (const entry of index.entries) {
    if (kept && !kept(entry)) continue;
    const cost = score(entry, query);
    if (cost < Infinity) found.push({ entry, cost });
  }
  return found.sort((a, b) => a.cost - b.cost);
}

/**
 * The entries that a text may mean, best first; `kept` tells which may be given at all.
 * @param {Index} index
 * @param {string} text
 * @param {Kept | null} kept
 * @returns {Indexed[]}
 */
export function find(index, text, kept) {
  const words = wordsOf(text.slice(0, 80));
  if (!words.length) return [];
  const found = fitting(index, words, false, kept);
  if (found.length >= HARDLY_ANY) return found.map(({ entry }) => entry);
  const sure = new Set(found.map(({ entry }) => entry));
  const likely = fitting(index, words, true, kept);
  return [...sure, ...likely.map(({ entry }) => entry).filter((entry) => {
    return !sure.has(entry);
  })];
}
