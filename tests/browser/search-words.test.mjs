// Words become tokens in the browser as they do when the site is made, and as elasticlunr makes them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import elasticlunr from "elasticlunr";
import { asker, rows } from "./asking.mjs";
import { ON_DISK } from "./site.mjs";

const table = JSON.parse(readFileSync(new URL("../search/words.json", import.meta.url), "utf8"));
const { words } = asker(ON_DISK);

test("the table that is shared with the program holds in the browser's script", () => {
  assert.ok(Object.keys(table.tokens).length > 10);
  for (const [text, tokens] of Object.entries(table.tokens)) assert.deepEqual(words.tokens(text), tokens, text);
});

test("the browser's script leaves out the words that the program leaves out", () => {
  const listed = table.stop_words.filter(Boolean).sort();
  assert.deepEqual([...words.STOP_WORDS].sort(), listed);
});

test("every word of the handbook has the token that elasticlunr makes of it", (t) => {
  const pipeline = [elasticlunr.trimmer, elasticlunr.stemmer];
  const seen = new Set();
  const differ = [];
  for (const [name, headings, , , passages] of rows(ON_DISK)) {
    const text = [name, headings, ...passages.map(([, , it]) => it)].join(" ");
    for (const word of elasticlunr.tokenizer(words.normal(text))) {
      if (seen.has(word)) continue;
      seen.add(word);
      const trimmed = elasticlunr.trimmer(word);
      const expected = words.STOP_WORDS.has(trimmed) || !trimmed ? [] : [pipeline.reduce((it, step) => step(it), word)];
      const [...made] = words.tokens(word);
      if (made.join(" ") !== expected.join(" ")) differ.push({ word, made, expected });
    }
  }
  t.diagnostic(`${seen.size} words`);
  assert.ok(seen.size > 1000, `${seen.size} words`);
  assert.deepEqual(differ, []);
});

test("a phrase finds every text in which its words stand one after another", async () => {
  const { index } = asker(ON_DISK);
  const all = rows(ON_DISK).map(([, , , href, passages]) => ({ href, texts: passages.map(([, , it]) => it.toLowerCase()) }));
  for (const phrase of ["members and officers", "the council", "code of conduct", "officers"]) {
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, "u");
    const holding = all.flatMap(({ texts }, at) => (texts.some((it) => whole.test(it)) ? [at] : []));
    assert.ok(holding.length > 10, `${phrase}: ${holding.length}`);
    const { documents, unread } = await index.ask(`"${phrase}"`);
    const found = new Set(documents);
    assert.deepEqual(holding.filter((it) => !found.has(it)).map((it) => all[it].href), [], phrase);
    assert.equal(unread, 0);
  }
});
