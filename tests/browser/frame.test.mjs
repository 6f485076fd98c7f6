// What stands around the text on every page, and the list of contents that goes along with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EDITION, KINDS, newReader, openBrowser, painted } from "./site.mjs";

const browser = await openBrowser();

const toTop = (page) => page.getByRole("link", { name: "Back to top" });

test("every kind of page has the same frame", async () => {
  const reader = await newReader(browser);
  for (const address of Object.values(KINDS)) {
    const page = await reader.open(address);
    const first = await page.evaluate(() => document.body.firstElementChild.matches("a.skip"));
    assert.ok(first, `${address}: the skip link comes first`);
    for (const part of ["header.site-header", "main#main", "footer.site-footer"]) {
      assert.equal(await page.locator(part).count(), 1, `${address}: ${part}`);
    }
    assert.equal(await toTop(page).count(), 1, `${address}: a link to the top`);
    const trails = await page.locator('nav[aria-label="Breadcrumb"]').count();
    assert.equal(trails, address === "" ? 0 : 1, `${address}: breadcrumbs`);
  }
  await reader.close();
});

for (const width of [1280, 320]) {
  test(`from the end of a long text one link leads back to the top, at ${width} pixels`, async () => {
    const reader = await newReader(browser, { width, reducedMotion: "reduce" });
    const page = await reader.open(EDITION);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await toTop(page).click();
    await painted(page);
    assert.equal(await page.evaluate(() => scrollY), 0);
    reader.settle();
    await reader.close();
  });
}

test("the contents stay beside the text and mark the section in view", async () => {
  const reader = await newReader(browser, { reducedMotion: "reduce" });
  const page = await reader.open(EDITION);
  const links = page.locator("nav.contents a[href^='#']");
  const count = await links.count();
  assert.ok(count > 10);
  for (let index = 1; index < count - 2; index += 3) {
    const href = await links.nth(index).getAttribute("href");
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), href.slice(1));
    // A little further down, where the reader reads it.
    await page.mouse.move(900, 400);
    await page.mouse.wheel(0, 60);
    const marked = "nav.contents a[aria-current='true']";
    await page.locator(`nav.contents a[href='${href}'][aria-current='true']`).waitFor({ timeout: 2000 });
    assert.equal(await page.locator(marked).count(), 1, "one section is in view");
    const box = await page.locator(marked).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 900, `${href}: its link is in the window, at ${box.y}`);
  }
  reader.settle();
  await reader.close();
});

test("on a phone the contents go away with the page", async () => {
  const reader = await newReader(browser, { width: 320, reducedMotion: "reduce" });
  const page = await reader.open(EDITION);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await painted(page);
  const covering = await page.evaluate(() =>
    [10, 160, 310].flatMap((x) => [10, 450, 890].map((y) => document.elementFromPoint(x, y))).some((it) => it?.closest("nav.contents")),
  );
  assert.equal(covering, false);
  await reader.close();
});
