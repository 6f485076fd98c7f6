// The search of a built site without a browser: its own scripts, and the parts of its index.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const asset = (site, name) => {
  const found = readdirSync(join(site, "assets")).find((it) => new RegExp(`^${name}\\.[0-9a-f]+\\.js$`).test(it));
  return join(site, "assets", found);
};

/** The files of the scripts that the page of the search loads. */
export const scripts = (site) => ["search-words", "search-index", "search-ask", "search"].map((it) => asset(site, it));

/** The folder of the index of today, which the page of the search names. */
export const folder = (site) =>
  join(site, "search", /data-today="([^"]+)"/.exec(readFileSync(join(site, "search/index.html"), "utf8"))[1]);

/** One part of an index, as its file hands it over. */
export function part(file) {
  let given;
  new Function("handbook", readFileSync(file, "utf8"))({ part: (it) => (given = it) });
  return given;
}

/**
 * Someone who asks: `index` is what the page asks, `words` what makes words of a text, and `loaded`
 * the files that were asked for since, the parts each once.
 */
export function asker(site) {
  const own = {};
  for (const script of scripts(site).slice(0, 3)) new Function("globalThis", readFileSync(script, "utf8"))(own);
  const loaded = [];
  const load = async (name) => {
    const file = join(folder(site), `${name}.js`);
    loaded.push(file);
    return part(file);
  };
  return { index: own.handbookAsk(load), words: own.handbookWords, loaded };
}

/** All results of an answer, the best first. */
export const results = ({ documents, result }) => Array.from(documents, result);

/** Each document of the index of today with what it shows: [name, headings, text, href, passages, …]. */
export function rows(site) {
  const { folders } = part(join(folder(site), "manifest.js"));
  return folders.flatMap((it) => {
    const its = join(folder(site), "..", it);
    const chunks = existsSync(its) ? readdirSync(its).filter((it) => /^d\d+\.js$/.test(it)).length : 0;
    return Array.from({ length: chunks }, (_, at) => part(join(its, `d${at}.js`))).flat();
  });
}

/* The numbers that a text packs, as `site::search::postings` says. */
const LETTERS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter((it) => !`"\\`.includes(it));
function* unpacked(packed) {
  let more = 0;
  for (const letter of packed) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 62) yield more * 62 + digit;
    more = digit < 62 ? 0 : more * 31 + digit - 62;
  }
}

/* What the shards hold of each token: [token, [number, what it says], …]. */
function* entries(site) {
  const { bounds } = part(join(folder(site), "manifest.js"));
  for (let shard = 0; shard < bounds.length; shard += 1) {
    for (const [token, entry] of Object.entries(part(join(folder(site), `s${shard}.js`)))) {
      yield [token, ...Array.from({ length: entry.length / 2 }, (_, at) => entry.slice(2 * at, 2 * at + 2))];
    }
  }
}

const [WORD_FIELDS, ASKED, WAYS, FIELDS] = [2, 4, 6, 7];

/** All places of words in the shards: [token, field, document, count, class of length]. */
export function places(site) {
  const found = [];
  const classes = part(join(folder(site), "l.js")).map((packed) => [...unpacked(packed)].flatMap((it) => [it % 4, (it >> 2) % 4, it >> 4]));
  for (const [token, ...says] of entries(site)) {
    for (const [field, packed] of says.filter(([field]) => field < WORD_FIELDS)) {
      let document = 0;
      const numbers = [...unpacked(packed)];
      const counts = numbers.splice(numbers.length / 2);
      for (const [at, step] of numbers.entries()) {
        document += step;
        found.push([token, field, document, counts[at] + 1, classes[field][document]]);
      }
    }
  }
  return found;
}

/** How many tokens a field of a document has: the sum of what stands there. */
export function lengths(places) {
  const sums = new Map();
  for (const [, field, document, count] of places) {
    const key = document * WORD_FIELDS + field;
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return (field, document) => sums.get(document * WORD_FIELDS + field) ?? 0;
}

/** Tokens that stand somewhere, if only in what readers ask, or stand for a concept alone. */
export function known(site) {
  const stands = ([number, says]) => number < WORD_FIELDS || number === ASKED || (number === FIELDS && Object.hasOwn(says, ""));
  return new Set([...entries(site)].filter(([, ...says]) => says.some(stands)).map(([token]) => token));
}

/** Tokens that stand in ways to ask a question of a topic alone. */
export const onlyInWays = (site) =>
  [...entries(site)].filter(([token, ...says]) => says.every(([number]) => number === WAYS) && /^[a-z]{4,}$/.test(token)).map(([token]) => token);
