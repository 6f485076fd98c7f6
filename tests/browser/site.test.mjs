// The published site in a real browser, opened from the disk as a reader would open it.
//
// HANDBOOK_SITE names the folder of the site; CHROMIUM the browser, if it is not the system's.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const site = resolve(process.env.HANDBOOK_SITE ?? "../../public");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// One page of each kind.
const pages = [
  "index.html",
  "authorities/index.html",
  "authorities/kent/index.html",
  "authorities/westminster/index.html",
  "authorities/kensington-and-chelsea/protocol/index.html",
  "authorities/london-councils/protocol/2019-06/index.html",
  "authorities/kensington-and-chelsea/protocol/before-2023/index.html",
  "authorities/kent/clauses/9.4/index.html",
  "authorities/london-councils/clauses/footnote-7/index.html",
  "authorities/westminster/reports/2024-02-13-standards-committee/index.html",
  "topics/index.html",
  "topics/contact-and-enquiries/index.html",
  "principles/index.html",
  "principles/honesty/index.html",
  "terms/index.html",
  "legislation/index.html",
  "changes/index.html",
  "about/index.html",
  "accessibility/index.html",
  "404.html",
];

let browser, profile;

before(async () => {
  assert.ok(existsSync(join(site, "index.html")), `no site in ${site}: build it first`);
  profile = mkdtempSync(join(tmpdir(), "handbook-browser-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(async () => {
  await browser?.close();
  if (profile) rmSync(profile, { recursive: true, force: true });
});

/** Opens a page of the site; fails if it asks anyone else for anything or complains. */
async function open(path, { width = 1280, colorScheme = "light" } = {}) {
  const page = await browser.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const strangers = [];
  page.on("request", (it) => it.url().startsWith("file:") || strangers.push(it.url()));
  page.on("console", (it) => it.type() === "error" && strangers.push(it.text()));
  page.on("requestfailed", (it) => strangers.push(`failed: ${it.url()}`));
  await page.goto(pathToFileURL(join(site, path)).href);
  assert.deepEqual(strangers, [], path);
  return page;
}

for (const path of pages) {
  test(`${path} reflows on a narrow screen`, async () => {
    const page = await open(path, { width: 320 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    const culprits = await page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter((it) => it.getBoundingClientRect().right > 321 && !it.closest(".table-scroll"))
        .slice(0, 3)
        .map((it) => it.outerHTML.slice(0, 120)),
    );
    assert.ok(wide <= 320, `${wide} pixels wide: ${culprits.join("\n")}`);
    await page.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`${path} has no fault that a machine can find, ${colorScheme}`, async () => {
      const page = await open(path, { colorScheme });
      // Through the debugger, since the page's own policy lets no foreign script in.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      const faults = violations.map((it) => `${it.id}: ${it.help}\n  ${it.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n  ")}`);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

test("a reference in a clause leads to the words it names", async () => {
  const page = await open("authorities/kent/protocol/2013-05-23/index.html");
  await page.click("#clause-10\\.4 a.reference");
  assert.match(page.url(), /#clause-10\.3$/);
  assert.match(await page.innerText(":target"), /Official external communications/);
  await page.close();
});

test("the keyboard reaches the text first by the skip link", async () => {
  const page = await open("authorities/kent/index.html");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.close();
});
