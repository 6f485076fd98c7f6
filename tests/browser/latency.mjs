// Prints for built sites how long results take after a keystroke, in a browser that has the parts of
// the index already: `node latency.mjs SITE …`. See weigh.mjs for sites of any size.
//
// Each judged query of two words or more is typed once, so that its parts are there. Then its last
// letter is typed again. The time is that from the letter to the last change of the list of results,
// without the rest of 80 milliseconds after which the page takes a letter for the last one.

import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { parse } from "yaml";
import { quantile } from "./weighing.mjs";

const REST = 80;
const QUERIES = 40;

const judged = parse(readFileSync(new URL("../search/queries.yaml", import.meta.url), "utf8"));
const several = judged.map(({ query }) => query).filter((it) => /^[a-z' ]+ [a-z']+$/.test(it));
const queries = Array.from({ length: QUERIES }, (_, at) => several[Math.floor((at * several.length) / QUERIES)]);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const site of process.argv.slice(2)) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(site, "search/index.html")).href);
  await page.evaluate(() => {
    const results = document.getElementById("results");
    const field = document.getElementById("q");
    let [typed, changed] = [0, 0];
    field.addEventListener("input", () => (typed = changed = performance.now()));
    new MutationObserver(() => (changed = performance.now())).observe(results, { childList: true });
    window.took = () => changed - typed;
  });
  const field = page.locator("#q");
  const answered = (query) =>
    page.waitForFunction(
      (query) =>
        new URLSearchParams(location.search).get("q") === query &&
        ["results", "choices"].every((it) => document.getElementById(it).ariaBusy === "false"),
      query,
      { timeout: 60_000 },
    );
  const took = [];
  for (const query of queries) {
    await field.fill(query);
    await answered(query);
    await field.press("Backspace");
    await answered(query.slice(0, -1));
    await field.press(query.at(-1));
    await answered(query);
    took.push([(await page.evaluate(() => window.took())) - REST, query]);
  }
  const times = took.map(([it]) => it);
  const figures = [0.5, 0.95, 1].map((it) => quantile(times, it).toFixed(0));
  console.log(`${basename(site)}: ${took.length} queries; milliseconds from keystroke to results: median ${figures[0]}, 95 of 100 up to ${figures[1]}, most ${figures[2]}`);
  took.sort((a, b) => b[0] - a[0]);
  console.log(`  slowest: ${took.slice(0, 3).map(([it, query]) => `${it.toFixed(0)} “${query}”`).join(", ")}`);
  await page.close();
}
await browser.close();
