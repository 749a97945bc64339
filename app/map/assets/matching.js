/* Matching: what a few letters may mean among thousands of names, in a millisecond or two.

   Each entry is a set of words. A word of the query fits a word that it is or begins; when hardly
   anything fits so, also one that it is or begins but for a slip of the finger or two: a letter
   too many, too few, wrong, or two swapped (the restricted edit distance of Damerau and
   Levenshtein, its last row read anywhere so that an unfinished word fits too). */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;

  /** Words that are written in two ways, each with the way kept to compare by: geo/names.py. */
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

  /** Slips that a word of the query may hold: none in a short one or a number, for they are others'. */
  function slips(word) {
    return word.length < 4 || /\d/.test(word) ? 0 : word.length < 7 ? 1 : 2;
  }

  function letters(text) {
    return text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/&/g, " et ").normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  }

  function wordsOf(text) {
    const plain = letters(text);
    return plain ? plain.split(" ") : [];
  }

  function known(word) {
    return WORDS[word] || word;
  }

  /** Fewest slips between a query's word and a word or its beginning; more than `most` is most + 1. */
  function distance(query, word, most) {
    const width = word.length + 1;
    let older = null;
    let above = Array.from({ length: width }, function (_, j) { return j; });
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

  /** All entries by the words they hold; each word is looked at once for each word of a query. */
  function makeIndex(entries) {
    const numbers = new Map();
    function numbersOf(words) {
      return [...new Set(words)].map(function (word) {
        if (!numbers.has(word)) numbers.set(word, numbers.size);
        return numbers.get(word);
      });
    }
    for (const entry of entries) {
      const name = wordsOf(entry.label).map(known);
      entry.plain = name.join(" ");
      entry.glued = name.join("");
      entry.named = numbersOf(name);
      entry.aside = numbersOf(wordsOf([entry.detail, entry.kind, entry.value].join(" ")).map(known));
    }
    return { entries, words: [...numbers.keys()] };
  }

  function costsOf(word, words, slippery) {
    const same = known(word);
    const most = slippery ? slips(word) : 0;
    return words.map(function (candidate) {
      if (candidate === word || candidate === same) return 0;
      if (candidate.startsWith(word) || candidate.startsWith(same)) return BEGINS;
      if (!most || candidate.length < word.length - most) return Infinity;
      const found = distance(word, candidate, most);
      if (found >= most + 1) return Infinity;
      return found * SLIP + (candidate[0] === word[0] ? 0 : OTHER_INITIAL);
    });
  }

  function least(numbers, costs) {
    let best = Infinity;
    for (const number of numbers) if (costs[number] < best) best = costs[number];
    return best;
  }

  /** What an entry costs for a query, the lower the better; Infinity when it does not fit. */
  function score(entry, query) {
    let total = 0;
    for (const { word, costs } of query.words) {
      const cost = Math.min(least(entry.named, costs), least(entry.aside, costs) + ASIDE);
      total += cost === Infinity && FILLERS.has(word) ? FILLED : cost;
    }
    if (entry.glued.startsWith(query.glued)) total = Math.min(total, GLUED);
    if (entry.plain === query.plain) total -= WHOLE_NAME;
    else if (entry.plain.startsWith(query.plain)) total -= BEGINNING;
    return total - LARGER * Math.log10(1 + entry.weight);
  }

  function fitting(index, words, slippery, kept) {
    const query = {
      plain: words.map(known).join(" "), glued: words.map(known).join(""),
      words: words.map(function (word) { return { word, costs: costsOf(word, index.words, slippery) }; }),
    };
    const found = [];
    for (const entry of index.entries) {
      if (kept && !kept(entry)) continue;
      const cost = score(entry, query);
      if (cost < Infinity) found.push({ entry, cost });
    }
    return found.sort(function (a, b) { return a.cost - b.cost; });
  }

  /** The entries that a text may mean, best first; `kept` tells which may be given at all. */
  function find(index, text, kept) {
    const words = wordsOf(text.slice(0, 80));
    if (!words.length) return [];
    const found = fitting(index, words, false, kept);
    if (found.length >= HARDLY_ANY) return found.map(function ({ entry }) { return entry; });
    const sure = new Set(found.map(function ({ entry }) { return entry; }));
    const likely = fitting(index, words, true, kept);
    return [...sure, ...likely.map(function ({ entry }) { return entry; }).filter(function (entry) {
      return !sure.has(entry);
    })];
  }

  atlas.matching = { makeIndex, find };
})();
