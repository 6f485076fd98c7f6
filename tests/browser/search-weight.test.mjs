// How much a reader's line must carry before the first results are there; see weighing.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ON_DISK } from "./site.mjs";
import { ofScripts, quantile, weighed } from "./weighing.mjs";

const MOST_BYTES = 48_000;
const MOST_PARTS = 28;

const all = await weighed(ON_DISK);

test(`before the first results no more than ${MOST_BYTES} bytes are needed`, (t) => {
  const bytes = all.map((it) => it.bytes);
  t.diagnostic(`scripts ${ofScripts(ON_DISK)} bytes; with the parts of the index: median ${quantile(bytes, 0.5)}, most ${quantile(bytes, 1)}`);
  t.diagnostic(`the most for “${all.at(-1).query}”: ${all.at(-1).parts.join(" ")}`);
  assert.deepEqual(all.filter((it) => it.bytes > MOST_BYTES), []);
});

test(`before the first results no more than ${MOST_PARTS} parts of the index are needed`, (t) => {
  const parts = all.map((it) => it.parts.length);
  t.diagnostic(`median ${quantile(parts, 0.5)}, most ${quantile(parts, 1)}`);
  assert.deepEqual(all.filter((it) => it.parts.length > MOST_PARTS).map((it) => it.query), []);
});
