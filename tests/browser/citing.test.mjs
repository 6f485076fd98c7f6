// Who cites a clause takes its address with one press, and a citation ready to be pasted.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CLAUSE, disk, EDITION, newReader, openBrowser, said, web } from "./site.mjs";

const browser = await openBrowser();
const host = await web();
const BASE = "https://handbook.example/sub/path/";
const PERMISSIONS = { permissions: ["clipboard-read", "clipboard-write"] };

/** Presses a button, and returns what is then to be pasted, as an address below the root. */
async function copied(reader, place, button) {
  const { page } = reader;
  await button.focus();
  await page.keyboard.press("Enter");
  await said(page, "Link copied");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const root = [place.root, BASE].find((it) => text.startsWith(it));
  assert.ok(root, `an absolute address of the site: ${text}`);
  return text.slice(root.length).replace(/index\.html(?=#|$)/, "");
}

for (const place of [disk, host]) {
  describe(place.name, () => {
    test("one press copies the address of a clause, another that of an item of it", async () => {
      const reader = await newReader(browser, { place, ...PERMISSIONS });
      const page = await reader.open(CLAUSE);
      const buttons = page.locator("main article .clause button.copy");
      const items = await page.locator("main article .clause li[id^=item-]").count();
      assert.ok((await buttons.count()) >= 1 + items, "beside the number and beside each label");
      assert.equal(await copied(reader, place, buttons.first()), CLAUSE);
      const item = page.locator("#item-b2 button.copy").first();
      assert.equal(await copied(reader, place, item), `${CLAUSE}#item-b2`);
      reader.settle();
      await reader.close();
    });

    test("words that are selected and copied are the council's and nothing else", async () => {
      const reader = await newReader(browser, { place, ...PERMISSIONS });
      const page = await reader.open(CLAUSE);
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector(".single .words")));
      await page.keyboard.press("Control+C");
      const pasted = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(pasted, /Cabinet Members/);
      assert.doesNotMatch(pasted, /Cop(y|ied)/);
      reader.settle();
      await reader.close();
    });

    test("who came from a search copies the address without what was searched for", async () => {
      const reader = await newReader(browser, { place, ...PERMISSIONS });
      const page = await reader.open(`${CLAUSE}?mark=cabinet`);
      assert.equal(await page.locator("mark").count(), 1);
      assert.equal(await copied(reader, place, page.locator("#item-b2 button.copy").first()), `${CLAUSE}#item-b2`);
      reader.settle();
      await reader.close();
    });

    test("in an edition one press copies the address of any of its clauses", async () => {
      const reader = await newReader(browser, { place, ...PERMISSIONS });
      const page = await reader.open(EDITION);
      const lacking = await page.locator(".clause:not(:has(button.copy))").count();
      assert.equal(lacking, 0, "beside each clause");
      const address = await copied(reader, place, page.locator("#clause-10\\.3 button.copy").first());
      assert.ok([`${EDITION}#clause-10.3`, "authorities/kent/clauses/10.3/"].includes(address), address);
      await page.goto(new URL(address, place.root).href.replace(/\/(#|$)/, place === disk ? "/index.html$1" : "/$1"));
      assert.match(await page.innerText("main"), /Official external communications/);
      reader.settle();
      await reader.close();
    });

    test("a citation bears the day on which it is read, as text and as BibTeX", async () => {
      const reader = await newReader(browser, { place });
      await reader.page.clock.setFixedTime(new Date("2031-05-07T10:00:00"));
      const page = await reader.open(CLAUSE);
      const cite = page.locator("section.cite");
      assert.match(await cite.innerText(), /Kent County Council/);
      assert.match(await cite.innerText(), /7 May 2031/);
      // As it is copied, whether or not it is folded away.
      const entries = (await cite.locator("pre, code").allTextContents()).map((it) => it.trim());
      const bibtex = entries.find((it) => it.startsWith("@"));
      assert.ok(bibtex, "an entry of BibTeX");
      assert.match(bibtex, /^@\w+\{[\w:.-]+,/);
      // What lies on a disk has no address that others could open.
      for (const field of place === host ? ["title", "url"] : ["title"]) {
        assert.match(bibtex, new RegExp(`\\b${field}\\s*=\\s*[{"]`));
      }
      assert.match(bibtex, /2031-05-07|7 May 2031/);
      assert.equal(bibtex.split("{").length, bibtex.split("}").length, "its braces close");
      reader.settle();
      await reader.close();
    });
  });
}

test("without scripts a citation stands there without a day, and no button that does nothing", async () => {
  const reader = await newReader(browser, { javaScript: false });
  const page = await reader.open(CLAUSE);
  assert.equal(await page.locator("button.copy:visible").count(), 0);
  const text = await page.locator("section.cite").textContent();
  assert.match(text, /Kent County Council/);
  assert.match(text, /@\w+\{/);
  assert.doesNotMatch(text, /undefined|null|NaN|Invalid Date/);
  await reader.close();
});
