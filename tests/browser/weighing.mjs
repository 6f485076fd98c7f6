// How much a reader's line must carry before the first results are there: packed, the scripts of the
// search and the parts of the index that a query and its first ten results need. What counts and
// filters comes after them.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";
import { asker, scripts } from "./asking.mjs";

const judged = parse(readFileSync(new URL("../search/queries.yaml", import.meta.url), "utf8"));

const packed = new Map();
const weight = (file) => {
  if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }).length);
  return packed.get(file);
};
const sum = (files) => files.reduce((sum, it) => sum + weight(it), 0);

/** The parts of the index of a site that are loaded for one query and its first ten results. */
export async function needed(site, query) {
  const { index, loaded } = asker(site);
  const { documents, result, words } = await index.ask(query);
  for (const it of documents.subarray(0, 10)) {
    await index.row(it);
    await index.passagesOf(result(it), words);
  }
  return loaded;
}

/** How many bytes, packed, the scripts of the search are. */
export const ofScripts = (site) => sum(scripts(site));

/** Each judged query with the bytes before its first results and the parts they are of; the lightest first. */
export async function weighed(site) {
  const own = ofScripts(site);
  const all = [];
  for (const { query } of judged) {
    const files = await needed(site, query);
    all.push({ query, bytes: own + sum(files), parts: files.map((it) => basename(it, ".js")) });
  }
  return all.sort((a, b) => a.bytes - b.bytes);
}

/** The number that a share of the numbers does not exceed. */
export const quantile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1];
