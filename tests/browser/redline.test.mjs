// What a text changed: told without colour and without scripts, heard as well as seen, and put
// together again from either side.

import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, newReader, openBrowser, painted, REDLINE } from "./site.mjs";

const browser = await openBrowser();
const BEFORE = KINDS["an edition that is reconstructed"];
const AFTER = KINDS["an edition that was proposed"];

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** The words of each clause on the page, without the marks of one side. */
const clauses = (page, without) =>
  page.evaluate((without) => {
    const all = {};
    for (const clause of document.querySelectorAll(".clause[id^='clause-']")) {
      const words = [...clause.querySelectorAll(":scope > .words")].map((it) => it.cloneNode(true));
      for (const it of words.flatMap((it) => [...it.querySelectorAll(`.hidden, ${without}`)])) it.remove();
      const text = words.map((it) => it.textContent).join(" ").replace(/[\s•]+/g, " ").replace(/ ([.,;:)])/g, "$1");
      if (text.trim()) all[clause.id] = text.trim();
    }
    return all;
  }, without);

test("without its additions it is the text before, without its deletions the text after", async () => {
  const reader = await newReader(browser);
  for (const [side, without] of [[BEFORE, "ins"], [AFTER, "del"]]) {
    const text = await clauses(await reader.open(side), "nothing");
    const found = await clauses(await reader.open(REDLINE), without);
    assert.deepEqual(found, text, side);
    assert.ok(Object.keys(found).length > 40);
  }
  await reader.close();
});

test("what begins and ends is heard, in the order of the words", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(REDLINE);
  const heard = await page.locator("#clause-1\\.01 .in-one").ariaSnapshot();
  const order = ["[start of deletion] responsible [end of deletion]", "[start of addition] answerable [end of addition]"];
  const text = plain(heard.replace(/^\s*- (insertion|deletion|text|paragraph|superscript):?/gm, ""));
  let from = 0;
  for (const words of order) {
    const at = text.indexOf(words, from);
    assert.ok(at >= 0, `“${words}” in: ${text}`);
    from = at;
  }
  // They are words of the page, and not of a style.
  const marks = await page.evaluate(() => [...document.querySelectorAll("ins, del")].map((it) => it.textContent));
  assert.ok(marks.length > 60);
  for (const it of marks) assert.match(it, /^\[start of (addition|deletion)\] [^]+ \[end of \1\]$/);
  await reader.close();
});

for (const javaScript of [true, false]) {
  test(`every change has its number, its place and its way on, scripts ${javaScript ? "on" : "off"}`, async () => {
    const reader = await newReader(browser, { javaScript, reducedMotion: "reduce" });
    const page = await reader.open(REDLINE);
    const listed = page.locator("ol.changes > li");
    const count = await listed.count();
    assert.equal(await page.innerText("#totals"), `Changes in all: ${count}`);
    const kinds = await page.locator(".totals .count").allInnerTexts();
    assert.equal(kinds.map(Number).reduce((a, b) => a + b, 0), count);

    await reader.follow("#listed-2 a");
    assert.match(page.url(), /#change-2$/);
    assert.match(await page.innerText(":target"), /responsible/);
    // From the first change to the last, and back to the list.
    const steps = await page.evaluate(() =>
      [...document.querySelectorAll(".steps")].map((it) => {
        const [first, last = first] = it.querySelector("a").textContent.match(/\d+/g).map(Number).slice(0, -1);
        const ways = ["prev", "next"].map((rel) => {
          const link = it.querySelector(`a[rel=${rel}]`);
          const there = link && document.getElementById(link.hash.slice(1));
          return link && [Number(/\d+/.exec(link.textContent)), Boolean(there)];
        });
        return { first, last, ways };
      }),
    );
    for (const [at, { first, ways }] of steps.entries()) {
      const [before, after] = [steps[at - 1], steps[at + 1]];
      assert.equal(first, before ? before.last + 1 : 1);
      assert.deepEqual(ways, [before ? [before.last, true] : null, after ? [after.first, true] : null]);
    }
    assert.equal(steps.at(-1).last, count);
    await page.locator(".steps a").first().click();
    assert.match(await page.innerText(":target"), /Clause 1.01/);
    await reader.close();
  });
}

test("before and after stand side by side when asked for, without scripts", async () => {
  for (const width of [1280, 390]) {
    const reader = await newReader(browser, { javaScript: false, width });
    const page = await reader.open(REDLINE);
    const clause = page.locator("#clause-3\\.02");
    const shown = async () => [await clause.locator("> .in-one").isVisible(), await clause.locator("> .sides").isVisible()];
    assert.deepEqual(await shown(), [true, false]);
    await page.getByLabel("before and after, side by side").check();
    assert.deepEqual(await shown(), [false, true]);
    const sides = await clause.locator(".sides .words").allInnerTexts();
    assert.match(sides[0], /Director of Governance and Co-Ordination/);
    assert.match(sides[1], /Head of Governance & Mayoralty/);
    // What did not change stands there all the same.
    assert.ok(await page.locator("#clause-1\\.03 > .in-one").isVisible());
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(beyond <= 0, `${beyond} pixels beyond ${width}`);
    await page.getByLabel("with changes marked in the text").check();
    assert.deepEqual(await shown(), [true, false]);
    await reader.close();
  }
});

test("every change is reached by its link, in either view", async () => {
  const reader = await newReader(browser, { javaScript: false, reducedMotion: "reduce" });
  const page = await reader.open(REDLINE);
  for (const view of ["with changes marked in the text", "before and after, side by side"]) {
    await page.getByLabel(view).check();
    const links = await page.locator('main a[href*="#change-"]').evaluateAll((all) => [...new Set(all.map((it) => it.hash))]);
    assert.ok(links.length > 10, `${links.length} links`);
    for (const hash of links) {
      await page.evaluate((it) => {
        scrollTo(0, 0);
        location.hash = "";
        location.hash = it;
      }, hash);
      const at = await page.evaluate((it) => ({ y: scrollY, top: document.querySelector(it).getBoundingClientRect().top }), hash);
      assert.ok(at.y > 0 && at.top < 900, `${view}: ${hash} is at ${at.top}, scrolled by ${at.y}`);
    }
  }
  reader.settle();
  await reader.close();
});

test("additions and deletions are told apart without colour, on paper too", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(REDLINE);
  for (const media of ["screen", "print"]) {
    await page.emulateMedia({ media, forcedColors: "none" });
    await painted(page);
    const lines = await page.evaluate(() =>
      ["ins", "del"].map((it) => getComputedStyle(document.querySelector(`.in-one ${it}`)).textDecorationLine),
    );
    assert.deepEqual(lines, ["underline", "line-through"], media);
  }
  const grounds = await page.evaluate(() =>
    ["ins", "del"].map((it) => getComputedStyle(document.querySelector(`.in-one ${it}`)).backgroundColor),
  );
  assert.deepEqual(grounds, ["rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)"], "nothing hangs on grey on paper");
  await reader.close();
});

test("the edition, the clause and the list of changes lead to it", async () => {
  const reader = await newReader(browser);
  for (const [from, link] of [
    [AFTER, ".to-redline a"],
    ["changes/", "main a:has-text('The changes marked in the text')"],
    ["authorities/kensington-and-chelsea/clauses/5.09/", ".history a[href*='2023-02-01-proposed/redline']"],
  ]) {
    const page = await reader.open(from);
    await reader.follow(link);
    assert.match(page.url(), /2023-02-01-proposed\/redline\/index\.html/, from);
    if (from.includes("clauses")) assert.match(await page.innerText(":target"), /decide/);
  }
  await reader.close();
});
