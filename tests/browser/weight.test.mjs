// How much a reader's line must carry for one page: packed, with each style sheet and script that
// the page names. The sums are the same on every machine, so they may be held.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { files, ON_DISK, ON_WEB } from "./site.mjs";
import { UNDER } from "./serve.mjs";

const weighed = new Map();
function weight(file) {
  if (!weighed.has(file)) weighed.set(file, gzipSync(readFileSync(file), { level: 9 }).length);
  return weighed.get(file);
}

/** What a page weighs with its styles and scripts. */
function carried(site, page) {
  const html = readFileSync(join(site, page), "utf8");
  const tags = html.match(/<(link|script)\b[^>]*>/g) ?? [];
  const named = tags
    .filter((it) => /^<script/.test(it) || /rel="?(stylesheet|modulepreload)/.test(it))
    .map((it) => /(?:href|src)="([^"]+)"/.exec(it)?.[1])
    .filter(Boolean)
    .map((it) => (it.startsWith(UNDER) ? join(site, it.slice(UNDER.length)) : join(site, dirname(page), it)));
  return [join(site, page), ...new Set(named)].reduce((sum, it) => sum + weight(it), 0);
}

/** No page of this shape weighs more than `most` bytes, on the disk or on the web. */
function light(name, shape, most) {
  test(`${name} weighs no more than ${most} bytes with all it names`, (t) => {
    const pages = [ON_DISK, ON_WEB].flatMap((site) =>
      files(site, ".html")
        .filter((it) => shape.test(it))
        .map((it) => ({ page: it, bytes: carried(site, it) })),
    );
    assert.ok(pages.length > 0);
    pages.sort((a, b) => b.bytes - a.bytes);
    t.diagnostic(`${name}, the heaviest: ${pages[0].bytes} bytes, ${pages[0].page}`);
    assert.deepEqual(pages.filter((it) => it.bytes > most), []);
  });
}

light("a clause", /^authorities\/[^/]+\/clauses\/[^/]+\/index\.html$/, 25_000);
light("an edition", /^authorities\/[^/]+\/protocol\/([^/]+\/)?index\.html$/, 60_000);
light("a redline", /^authorities\/[^/]+\/protocol\/[^/]+\/redline\/index\.html$/, 60_000);

test("all style sheets together weigh no more than 10000 bytes", (t) => {
  const sheets = files(ON_DISK, ".css").map((it) => ({ sheet: it, bytes: weight(join(ON_DISK, it)) }));
  assert.ok(sheets.length > 0);
  const sum = sheets.reduce((sum, it) => sum + it.bytes, 0);
  t.diagnostic(`style sheets: ${sum} bytes, ${sheets.map((it) => `${it.sheet} ${it.bytes}`).join(", ")}`);
  assert.ok(sum <= 10_000, `${sum} bytes`);
});
