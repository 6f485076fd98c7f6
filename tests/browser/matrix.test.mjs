// The table of topics and councils can be put in order by any of its columns.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newReader, openBrowser, painted, said, TOPICS } from "./site.mjs";

const browser = await openBrowser();

const head = (page, name) => page.locator("table.matrix thead th", { has: page.getByRole("button", { name }) });
const sorts = (page) =>
  page.locator("table.matrix thead th").evaluateAll((all) => all.map((it) => it.getAttribute("aria-sort")).filter((it) => it && it !== "none"));

/** The rows in the order in which they stand, parted where a heading of a group is shown. */
const parts = (page) =>
  page.evaluate(() => {
    const parts = [[]];
    for (const row of document.querySelectorAll("table.matrix tbody tr")) {
      if (!row.checkVisibility()) continue;
      if (!row.querySelector("td")) parts.push([]);
      else {
        const standing = (it) => it.querySelector(".standing")?.className.replace("standing", "").trim() ?? "";
        parts.at(-1).push({ topic: row.querySelector("th").innerText.trim(), standings: [...row.cells].slice(1).map(standing) });
      }
    }
    return parts.filter((it) => it.length > 0);
  });

const topics = async (page) => (await parts(page)).flat().map((it) => it.topic);

test("without scripts the topics stand in their groups, and no button is offered", async () => {
  const reader = await newReader(browser, { javaScript: false });
  const page = await reader.open(TOPICS);
  assert.equal(await page.locator("table.matrix button").count(), 0);
  assert.equal((await topics(page)).length, 30);
  await reader.close();
});

test("each heading of a column holds a button that says what it orders by", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(TOPICS);
  const headings = page.locator("table.matrix thead th");
  const count = await headings.count();
  assert.equal(count, 5);
  for (let index = 0; index < count; index++) {
    assert.equal(await headings.nth(index).getByRole("button").count(), 1);
  }
  for (const name of [/topic/i, /Kensington and Chelsea/, /Kent/, /London Councils/, /Westminster/]) {
    assert.ok((await head(page, name).count()) >= 1, String(name));
  }
  assert.deepEqual(await sorts(page), [], "the order is that of the topics");
  await reader.close();
});

test("by its own heading the topics stand by the alphabet, there and back", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(TOPICS);
  const button = head(page, /topic/i).getByRole("button");
  const alphabet = new Intl.Collator("en-GB").compare;
  for (const [sort, order] of [
    ["ascending", alphabet],
    ["descending", (a, b) => alphabet(b, a)],
  ]) {
    await button.focus();
    await page.keyboard.press("Enter");
    await painted(page);
    assert.deepEqual(await sorts(page), [sort]);
    for (const part of await parts(page)) {
      const names = part.map((it) => it.topic);
      assert.deepEqual(names, names.toSorted(order));
    }
    await said(page, /topic/i);
    assert.ok(await button.evaluate((it) => it === document.activeElement), "the focus stays");
  }
  assert.equal((await topics(page)).length, 30, "none is lost");
  reader.settle();
  await reader.close();
});

test("by a council's heading like standings come together, and the other way round", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(TOPICS);
  const before = (await topics(page)).toSorted();
  const column = 1; // Kent, among the councils.
  const button = head(page, /Kent/).getByRole("button");
  const runs = async () => {
    const all = [];
    for (const part of await parts(page)) {
      const standings = part.map((it) => it.standings[column]);
      all.push(standings.filter((it, index) => it !== standings[index - 1]));
    }
    return all;
  };

  await button.click();
  await painted(page);
  assert.deepEqual(await sorts(page), ["ascending"]);
  assert.equal(await head(page, /Kent/).getAttribute("aria-sort"), "ascending");
  await said(page, /Kent/);
  const up = await runs();
  for (const run of up) assert.equal(new Set(run).size, run.length, `like with like: ${run}`);

  await button.click();
  await painted(page);
  assert.deepEqual(await sorts(page), ["descending"]);
  const down = await runs();
  assert.deepEqual(down.flat(), up.map((it) => it.toReversed()).flat());

  await head(page, /Westminster/).getByRole("button").click();
  await painted(page);
  assert.equal(await head(page, /Kent/).getAttribute("aria-sort") ?? "none", "none", "one column at a time");
  assert.equal((await sorts(page)).length, 1);
  assert.deepEqual((await topics(page)).toSorted(), before, "none is lost");
  reader.settle();
  await reader.close();
});

test("one button returns to the order of the topics", async () => {
  const reader = await newReader(browser);
  const page = await reader.open(TOPICS);
  const asBuilt = await page.locator("table.matrix").innerText();
  await head(page, /London Councils/).getByRole("button").click();
  await painted(page);
  assert.notEqual(await page.locator("table.matrix").innerText(), asBuilt);
  await page.locator("main button.reset").click();
  await painted(page);
  assert.equal(await page.locator("table.matrix").innerText(), asBuilt);
  assert.deepEqual(await sorts(page), []);
  await said(page, /order/i);
  reader.settle();
  await reader.close();
});
