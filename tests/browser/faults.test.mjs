// Every kind of page, in every state a reader may bring: no fault that a machine can find.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { addStyle, clipped, sideways } from "./layout.mjs";
import { CLAUSE, EDITION, KINDS, newReader, openBrowser, TOPIC, TOPICS } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Two readers at a time, each of whom reads one page after another.
const TWO = { concurrency: 2 };
const IN_ORDER = { concurrency: 1 };

const browser = await openBrowser();

/** Brings axe into the page: through the debugger, since the page's policy lets no stranger in. */
async function bringAxe(page, javaScript) {
  // A page whose scripts are off runs no timers either, and axe waits for some of no length.
  // Those of some length are its alarms, which are not missed.
  if (!javaScript) {
    await page.evaluate(() => {
      window.setTimeout = (then, after) => void (after > 100 || Promise.resolve().then(then));
    });
  }
  await page.evaluate(axe);
}

/** What axe finds; `colours` asks for the rules that judge colours alone. */
async function faults(page, { colours = false } = {}) {
  const violations = await page.evaluate(
    async ({ rules, colours }) => {
      const judged = axe
        .getRules(rules)
        .filter((it) => !colours || it.tags.includes("cat.color"))
        .map((it) => it.ruleId);
      const found = await axe.run(document, { preload: false, resultTypes: ["violations"], runOnly: judged });
      return found.violations;
    },
    { rules: RULES, colours },
  );
  return violations.map(
    (it) => `${it.id}: ${it.help}\n  ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n  ")}`,
  );
}

// The figures of WCAG 2.2, 1.4.12.
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;

const states = [true, false].flatMap((javaScript) => [1280, 320].map((width) => ({ javaScript, width })));

describe("No kind of page has a fault", TWO, () => {
  for (const { javaScript, width } of states) {
    describe(`at ${width} pixels, scripts ${javaScript ? "on" : "off"}`, IN_ORDER, () => {
      let reader;
      before(async () => (reader = await newReader(browser, { width, javaScript })));

      for (const [kind, address] of Object.entries(KINDS)) {
        test(kind, async () => {
          const page = await reader.open(address);
          assert.deepEqual(await sideways(page), []);
          await bringAxe(page, javaScript);
          assert.deepEqual(await faults(page), [], "light");
          await page.emulateMedia({ colorScheme: "dark" });
          // The dark scheme changes colours: what else could be wrong was just judged.
          assert.deepEqual(await faults(page, { colours: true }), [], "dark");
          assert.deepEqual(await sideways(page), [], "dark");
          await page.emulateMedia({ colorScheme: "light" });
          reader.settle();
        });
      }
    });
  }

  describe("with a reader's own spacing or size of text", IN_ORDER, () => {
    let narrow, wide;
    before(async () => {
      narrow = await newReader(browser, { width: 320 });
      wide = await newReader(browser);
    });

    for (const [kind, address] of Object.entries(KINDS)) {
      test(`${kind}, words and lines set apart at 320 pixels`, async () => {
        const page = await narrow.open(address);
        await addStyle(page, SPACING);
        assert.deepEqual(await sideways(page), []);
        assert.deepEqual(await clipped(page), []);
      });
      test(`${kind}, text twice as large at 1280 pixels`, async () => {
        const page = await wide.open(address);
        const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
        await addStyle(page, `:root { font-size: ${2 * size}px !important }`);
        assert.deepEqual(await sideways(page), []);
        assert.deepEqual(await clipped(page), []);
      });
    }
  });

  for (const [name, settings] of Object.entries({
    "the colours of the system": { forcedColors: "active" },
    "less motion": { reducedMotion: "reduce" },
    "more contrast": { contrast: "more" },
  })) {
    describe(`for who asks for ${name}`, IN_ORDER, () => {
      let reader;
      before(async () => (reader = await newReader(browser, settings)));

      for (const address of ["", EDITION, CLAUSE, TOPICS, TOPIC]) {
        test(address || "home", async () => {
          const page = await reader.open(address);
          await bringAxe(page, true);
          assert.deepEqual(await faults(page), []);
          assert.deepEqual(await sideways(page), []);
          reader.settle();
        });
      }
    });
  }
});

for (const width of [1280, 320]) {
  test(`what a search finds has no fault, at ${width} pixels`, async () => {
    const reader = await newReader(browser, { width });
    const page = await reader.open("search/");
    await page.getByRole("searchbox").fill("junior staff");
    await page.keyboard.press("Enter");
    await page.locator("#results li").first().waitFor();
    assert.deepEqual(await sideways(page), []);
    await bringAxe(page, true);
    assert.deepEqual(await faults(page), [], "light");
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await faults(page, { colours: true }), [], "dark");
    await addStyle(page, SPACING);
    assert.deepEqual(await sideways(page), []);
    assert.deepEqual(await clipped(page), []);
    reader.settle();
    await reader.close();
  });
}

test("nothing moves for who asks for less motion", async () => {
  const reader = await newReader(browser, { reducedMotion: "reduce" });
  for (const address of ["", EDITION, CLAUSE, TOPICS, TOPIC]) {
    const page = await reader.open(address);
    const moving = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("body *")]
        .filter((it) => {
          const style = getComputedStyle(it);
          const lasts = `${style.transitionDuration},${style.animationDuration}`.split(",").some((s) => parseFloat(s) > 0.01);
          return lasts || style.scrollBehavior === "smooth";
        })
        .map((it) => it.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(moving.slice(0, 3), [], address);
  }
  await reader.close();
});
