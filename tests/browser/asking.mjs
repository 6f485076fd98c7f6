// The search of a built site without a browser: its own scripts, and the parts of its index.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const asset = (site, name) => {
  const found = readdirSync(join(site, "assets")).find((it) => new RegExp(`^${name}\\.[0-9a-f]+\\.js$`).test(it));
  return join(site, "assets", found);
};

/** The files of the three scripts that the page of the search loads. */
export const scripts = (site) => ["search-words", "search-index", "search"].map((it) => asset(site, it));

/** The folder of the index of today, which the page of the search names. */
export const folder = (site) =>
  join(site, "search", /data-today="([^"]+)"/.exec(readFileSync(join(site, "search/index.html"), "utf8"))[1]);

/** One part of an index, as its file hands it over. */
export function part(file) {
  let given;
  new Function("handbookIndex", readFileSync(file, "utf8"))((name, it) => (given = it));
  return given;
}

/**
 * Someone who asks: `index` is what the page asks, `words` what makes words of a text, and `loaded`
 * the files that were asked for since, the parts each once.
 */
export function asker(site) {
  const own = {};
  for (const script of scripts(site).slice(0, 2)) new Function("globalThis", readFileSync(script, "utf8"))(own);
  const loaded = [];
  const load = async (name) => {
    const file = join(folder(site), `${name}.js`);
    loaded.push(file);
    return part(file);
  };
  return { index: own.handbookAsk(load), words: own.handbookWords, loaded };
}

/** Each document of the index of today with what it shows: [name, headings, text, href, passages, concepts]. */
export function rows(site) {
  const chunks = readdirSync(folder(site)).filter((it) => /^d\d+\.js$/.test(it)).length;
  return Array.from({ length: chunks }, (_, at) => part(join(folder(site), `d${at}.js`))).flat();
}

/** All that the shards hold: [token, field, document, count, length]. */
export function places(site) {
  const { bounds, codes } = part(join(folder(site), "manifest.js"));
  const found = [];
  for (let shard = 0; shard < bounds.length; shard += 1) {
    for (const [token, entry] of Object.entries(part(join(folder(site), `s${shard}.js`)))) {
      for (let at = 0; at < entry.length; at += 2) {
        const [field, packed] = [entry[at], entry[at + 1]];
        for (let i = 0, document = 0; i < packed.length; i += 2) {
          document += packed[i];
          found.push([token, field, document, codes[packed[i + 1] * 2], codes[packed[i + 1] * 2 + 1]]);
        }
      }
    }
  }
  return found;
}
