// The search where the line is slow, or a part of the index does not come.

import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { asker } from "./asking.mjs";
import { answered, asked, told } from "./searching.mjs";
import { newReader, ON_WEB, openBrowser, web } from "./site.mjs";

const browser = await openBrowser();
const place = await web();

/** The parts of the index that a query needs, by their names. */
async function needed(query) {
  const { index, loaded } = asker(ON_WEB);
  const { documents, result, words } = await index.ask(query);
  for (const it of documents.subarray(0, 10)) await index.passagesOf(result(it), words);
  return loaded.map((it) => basename(it, ".js"));
}

/** A part of this kind that the first query needs and the second does not. */
async function only(kind, query, other) {
  const others = await needed(other);
  const part = (await needed(query)).find((it) => kind.test(it) && !others.includes(it));
  assert.ok(part, `“${query}” and “${other}” need the same parts`);
  return part;
}

const file = (part) => new RegExp(`/search/[0-9a-f]+/${part}\\.js$`);
const results = (page) => page.locator("#results .title a");

/** From now on such parts come late, by as many milliseconds as `late` says when one is asked for. */
const delay = (page, parts, late) =>
  page.route(file(parts), async (route) => {
    await pause(late());
    await route.continue();
  });

test("on a slow line the page says that it searches, and then what it found", async () => {
  const reader = await newReader(browser, { place });
  const page = await reader.open("search/");
  await delay(page, "\\w+", () => 700);
  await page.locator("#q").fill("confidential");
  await page.locator("#q").press("Enter");
  await page.waitForFunction(() => document.getElementById("told").textContent === "Searching …");
  await answered(page, "confidential");
  assert.match(await told(page), /^\d+ results/);
  assert.ok((await results(page).count()) > 3);
  reader.settle();
  await reader.close();
});

test("on a slow line an answer that comes late does not take the place of a later one", async () => {
  const reader = await newReader(browser, { place });
  const page = await reader.open("search/");
  await delay(page, await only(/^s/, "confidential", "media"), () => 1500);
  await page.locator("#q").fill("confidential");
  await page.locator("#q").press("Enter");
  await asked(page, "media");
  const [found, links] = [await told(page), await results(page).allTextContents()];
  await page.waitForTimeout(2000);
  assert.deepEqual([await told(page), await results(page).allTextContents()], [found, links]);
  await reader.close();
});

test("more results that come late do not stand below those of another query, and take no focus", async () => {
  const reader = await newReader(browser, { place });
  const page = await reader.open("search/");
  await asked(page, "information");
  let late = 1500;
  await delay(page, "d\\d+", () => late);
  const begun = page.waitForRequest(file("d\\d+"));
  await page.locator(".more").click();
  await begun;
  late = 0;
  await asked(page, "media");
  const links = await results(page).allTextContents();
  await page.locator("#q").focus();
  await page.waitForTimeout(2500);
  assert.deepEqual(await results(page).allTextContents(), links);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  reader.settle();
  await reader.close();
});

test("on a slow line more results come once, however often they are asked for", async () => {
  const reader = await newReader(browser, { place });
  const page = await reader.open("search/");
  await asked(page, "information");
  await delay(page, "d\\d+", () => 500);
  await page.locator(".more").dblclick();
  await page.waitForFunction(() => document.querySelectorAll("#results > li").length > 10);
  await page.waitForTimeout(1000);
  const links = await results(page).evaluateAll((all) => all.map((it) => it.href));
  assert.equal(links.length, 20);
  assert.equal(new Set(links).size, 20);
  await reader.close();
});

test("where a host sends a page in the place of a part the page says so", async () => {
  for (const [part, told] of [["manifest", "#told"], ["f", "#choices"]]) {
    const { page, ...reader } = await newReader(browser, { place });
    await page.route(file(part), (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Nothing here</title>" }));
    await page.goto(place.address("search/"));
    await asked(page, "confidential");
    assert.match(await page.locator(told).textContent(), new RegExp(`\\(${part}\\) could not be loaded`));
    await reader.close();
  }
});

for (const part of ["manifest", "s"]) {
  const name = { manifest: "the first part of the index", s: "a part with words" }[part];
  test(`where ${name} is missing the page says so, and tries again when told to`, async () => {
    const { page, ...reader } = await newReader(browser, { place });
    const missing = part === "s" ? await only(/^s/, "confidential", "media") : part;
    await page.route(file(missing), (route) => route.abort());
    await page.goto(place.address("search/"));
    if (part === "s") await asked(page, "media");
    await asked(page, "confidential");
    assert.equal(await told(page), `A part of the search index (${missing}) could not be loaded. Try again`);
    assert.equal(await page.locator("#results > li").count(), 0, "nothing is left of what was asked before");
    assert.equal(await page.locator(".more").count(), 0);
    if (part === "s") {
      await asked(page, "media");
      assert.match(await told(page), /^\d+ results?/, "what needs other parts is found");
      await asked(page, "confidential");
    }
    await page.unroute(file(missing));
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(() => document.querySelector("#results > li"));
    await answered(page, "confidential");
    assert.match(await told(page), /^\d+ results/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "q", "the focus is not lost with the button");
    await reader.close();
  });
}

test("where the part by which results are counted is missing the results are there, and it may be tried again", async () => {
  const { page, ...reader } = await newReader(browser, { place });
  await page.route(file("f"), (route) => route.abort());
  await page.goto(place.address("search/"));
  await asked(page, "confidential");
  assert.match(await told(page), /^\d+ results/);
  assert.ok((await results(page).count()) > 3);
  const lacking = page.locator("#choices", { hasText: "that counts results (f) could not be loaded." });
  assert.ok(await lacking.isVisible());
  await page.unroute(file("f"));
  await lacking.getByRole("button", { name: "Try again" }).click();
  await page.locator("select[name=authority]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "the focus is not lost with the button");
  await reader.close();
});

test("where what is shown of a result is missing the others are whole, and it may be tried again", async () => {
  const { page, ...reader } = await newReader(browser, { place });
  const missing = (await needed("confidential")).find((it) => /^d/.test(it));
  await page.route(file(missing), (route) => route.abort());
  await page.goto(place.address("search/"));
  await asked(page, "confidential");
  const lacking = page.locator("#results > li", { hasText: "This result could not be loaded; the others are whole." });
  const [before, shown] = [await lacking.count(), await page.locator("#results > li").count()];
  assert.ok(before > 0 && before < shown, `${before} of ${shown} are missing`);
  assert.equal(await results(page).count(), shown - before);
  assert.match(await told(page), /^\d+ results/);
  await page.unroute(file(missing));
  const at = await lacking.first().evaluate((it) => [...it.parentElement.children].indexOf(it));
  await lacking.first().getByRole("button", { name: "Try again" }).click();
  const mended = page.locator("#results > li").nth(at).locator(".title a");
  await mended.waitFor();
  assert.ok(await mended.evaluate((it) => it === document.activeElement), "the focus is on the result that came");
  await reader.close();
});
