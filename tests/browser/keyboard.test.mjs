// The site by keyboard alone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CLAUSE, EDITION, KINDS, newReader, openBrowser, painted, TOPIC, TOPICS } from "./site.mjs";

const browser = await openBrowser();

// What scrolls smoothly is seen where it comes to rest.
const still = { reducedMotion: "reduce" };

test("on every kind of page the skip link comes first, and the text after it", async () => {
  const reader = await newReader(browser, still);
  for (const address of Object.values(KINDS)) {
    const page = await reader.open(address);
    // A search begins in its field: there the reader is past all that could be skipped.
    const begun = await page.evaluate(() => document.activeElement.matches("main input[type=search]"));
    if (begun) continue;
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip", address);
    const box = await page.locator("a.skip").boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.width >= 24 && box.height >= 24, `${address}: seen once it has the focus`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", address);
    await page.keyboard.press("Tab");
    const after = await page.evaluate(() => {
      const main = document.getElementById("main");
      const where = main.compareDocumentPosition(document.activeElement);
      return Boolean(where & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
    });
    assert.ok(after, `${address}: the next stop lies in the text or after it`);
  }
  await reader.close();
});

/**
 * Where the focus is, and why it could not be seen there: not in the window, hidden under
 * something that stays while the page scrolls, or without any mark.
 */
const focused = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const told = `${it.outerHTML.slice(0, 120)}`;
    // A link over several lines has several boxes, of which one must be seen.
    const boxes = [...it.getClientRects()];
    const points = boxes.flatMap(({ left, right, top, bottom }) => [
      [(left + right) / 2, (top + bottom) / 2],
      ...[left + 2, right - 2].flatMap((x) => [top + 2, bottom - 2].map((y) => [x, y])),
    ]);
    const inside = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const staying = (of) => {
      for (let up = of; up; up = up.parentElement) {
        if (["sticky", "fixed"].includes(getComputedStyle(up).position)) return up;
      }
      return null;
    };
    const covering = inside.map(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      const cover = top && !it.contains(top) && !top.contains(it) ? staying(top) : null;
      return cover && !cover.contains(it) ? cover : null;
    });
    const style = getComputedStyle(it);
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const why =
      inside.length === 0
        ? "out of the window"
        : covering.every(Boolean)
          ? `under ${covering[0].outerHTML.slice(0, 80)}`
          : marked
            ? null
            : "without an outline";
    // Told apart by a number, since many links say the same.
    window.stops ??= new Map();
    if (!window.stops.has(it)) window.stops.set(it, window.stops.size);
    return { told, why, stop: window.stops.get(it) };
  });

/** Walks the page until the focus leaves it, and gathers what could not be seen. */
async function walk(page, { back = false } = {}) {
  const unseen = [];
  const stops = new Set();
  if (back) await page.keyboard.down("Shift");
  for (;;) {
    // Held down rather than pressed anew: each event waits for a frame.
    await page.keyboard.down("Tab");
    const { stop, why, told } = (await focused(page)) ?? {};
    if (stop === undefined || stops.has(stop)) break;
    stops.add(stop);
    if (why) unseen.push(`${why}: ${told}`);
  }
  await page.keyboard.up("Tab");
  if (back) await page.keyboard.up("Shift");
  return { unseen, stops };
}

describe("the focus is always seen, there and back", { concurrency: 2 }, () => {
  for (const width of [1280, 320]) {
    for (const address of [EDITION, TOPICS, TOPIC, CLAUSE]) {
      test(`${address} at ${width} pixels`, async () => {
        const reader = await newReader(browser, { width, ...still });
        const page = await reader.open(address);
        const there = await walk(page);
        assert.deepEqual(there.unseen, []);
        const links = await page.locator("a[href]:visible").count();
        assert.ok(there.stops.size >= links, `${there.stops.size} stops where ${links} links are seen`);
        await page.evaluate(() => document.activeElement.blur());
        const back = await walk(page, { back: true });
        assert.deepEqual(back.unseen, []);
        assert.deepEqual([...back.stops].sort(), [...there.stops].sort(), "the same stops back");
        reader.settle();
        await reader.close();
      });
    }
  }
});

for (const width of [1280, 320]) {
  test(`the list of contents leads into each section, at ${width} pixels`, async () => {
    const reader = await newReader(browser, { width, ...still });
    const page = await reader.open(EDITION);
    const links = page.locator("nav.contents a[href^='#']");
    const count = await links.count();
    assert.ok(count > 10);
    for (let index = 0; index < count; index++) {
      const id = (await links.nth(index).getAttribute("href")).slice(1);
      await links.nth(index).focus();
      await page.keyboard.press("Enter");
      await painted(page);
      const seen = await page.evaluate((id) => {
        const section = document.getElementById(id);
        const { left, top, height } = (section.querySelector("h2, h3, .number") ?? section).getBoundingClientRect();
        const hit = document.elementFromPoint(left + 4, top + height / 2);
        return { top, inWindow: top >= 0 && top < innerHeight, onTop: Boolean(hit) && section.contains(hit) };
      }, id);
      assert.ok(seen.inWindow && seen.onTop, `${id}: ${JSON.stringify(seen)}`);
      await page.keyboard.press("Tab");
      const inside = await page.evaluate((id) => document.getElementById(id).contains(document.activeElement), id);
      assert.ok(inside, `${id}: the next stop is in the section`);
    }
    await reader.close();
  });
}

test("what is folded opens and closes by the keys", async () => {
  const reader = await newReader(browser, still);
  let folded = 0;
  for (const address of Object.values(KINDS)) {
    const page = await reader.open(address);
    const summary = page.locator("summary:visible").first();
    if ((await summary.count()) === 0) continue;
    folded++;
    const open = () => summary.evaluate((it) => it.parentElement.open);
    const before = await open();
    await summary.focus();
    await page.keyboard.press("Enter");
    assert.equal(await open(), !before, address);
    await page.keyboard.press("Space");
    assert.equal(await open(), before, address);
  }
  assert.ok(folded > 0);
  await reader.close();
});
