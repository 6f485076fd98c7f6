// The built site, and readers who open it: what all of these tests begin with.
//
// HANDBOOK_SITE names the folder of the site built without a base URL, to be opened from the disk;
// HANDBOOK_SITE_ON_WEB that of the one built with --base-url https://handbook.example/sub/path/;
// CHROMIUM the browser, if it is not the system's. `tests/run` sees to all of them.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

/** One page of each kind, by its address below the root of the site. */
export const KINDS = {
  "home": "",
  "authorities": "authorities/",
  "an authority": "authorities/kent/",
  "an authority whose text is not held": "authorities/westminster/",
  "the current edition": "authorities/kensington-and-chelsea/protocol/",
  "an edition": "authorities/kent/protocol/2013-05-23/",
  "an edition with footnotes": "authorities/london-councils/protocol/2019-06/",
  "an edition that was proposed": "authorities/kensington-and-chelsea/protocol/2023-02-01-proposed/",
  "an edition that is reconstructed": "authorities/kensington-and-chelsea/protocol/before-2023/",
  "a redline": "authorities/kensington-and-chelsea/protocol/2023-02-01-proposed/redline/",
  "a redline with a split clause": "authorities/kensington-and-chelsea/protocol/consolidated/redline/",
  "a text put forward and the one published": "authorities/kensington-and-chelsea/put-and-published/",
  "a clause": "authorities/kent/clauses/9.4/",
  "a clause with a history": "authorities/kensington-and-chelsea/clauses/5.01/",
  "a clause without a number": "authorities/london-councils/clauses/level-of-contact/",
  "a footnote": "authorities/london-councils/clauses/footnote-7/",
  "a report": "authorities/kent/reports/2013-05-23-county-council/",
  "a report on a text that is not held": "authorities/westminster/reports/2024-02-13-standards-committee/",
  "topics": "topics/",
  "a topic": "topics/contact-and-enquiries/",
  "a topic of many clauses": "topics/access-to-information/",
  "principles": "principles/",
  "a principle": "principles/honesty/",
  "terms": "terms/",
  "legislation": "legislation/",
  "changes": "changes/",
  "search": "search/",
  "search, answered": "search/?q=confidential+information",
  "about": "about/",
  "how to cite": "cite/",
  "accessibility": "accessibility/",
  "privacy": "privacy/",
  "not found": "404.html",
};

export const REDLINE = KINDS["a redline"];
export const EDITION = KINDS["an edition"];
export const CLAUSE = KINDS["a clause"];
export const TOPIC = KINDS["a topic"];
export const TOPICS = KINDS["topics"];

function folder(variable) {
  const named = process.env[variable];
  assert.ok(named, `${variable} names no folder; tests/run builds both sites and says where they are`);
  assert.ok(existsSync(join(named, "index.html")), `no site in ${named}: build it first`);
  return resolve(named);
}

export const ON_DISK = folder("HANDBOOK_SITE");
export const ON_WEB = folder("HANDBOOK_SITE_ON_WEB");

/** The files of a site that end so, as paths below its folder, in order. */
export function files(site, ...ends) {
  return readdirSync(site, { recursive: true })
    .filter((it) => ends.some((end) => it.endsWith(end)))
    .sort();
}

/** The site as it lies on the disk. */
export const disk = {
  name: "from the disk",
  root: pathToFileURL(ON_DISK + "/").href,
  address: (of) => {
    const [path, query] = of.split("?");
    return disk.root + path + (path === "" || path.endsWith("/") ? "index.html" : "") + (query ? `?${query}` : "");
  },
};

/** The site as a host serves it, until the tests of this file are over. */
export async function web() {
  const server = await serve(ON_WEB);
  after(() => server.close());
  return { ...server, name: "under a path on the web", address: (of) => server.root + of };
}

/** A browser with an empty profile. */
export const launch = () =>
  chromium.launch({
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

/** One that is open until the tests of this file are over. */
export async function openBrowser() {
  const browser = await launch();
  after(() => browser.close());
  return browser;
}

/**
 * Someone who reads the site in one tab. `open` fails if a page asks anyone else for anything, or
 * says anything at all to the console; so does `follow`, and `settle` once more has happened.
 */
export async function newReader(browser, { place = disk, width = 1280, javaScript = true, ...settings } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    colorScheme: "light",
    ...settings,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  let complaints = [];
  page.on("request", (it) => it.url().startsWith(place.root) || complaints.push(`asks for ${it.url()}`));
  page.on("requestfailed", (it) => {
    // Whoever leaves a page breaks off what it still asks for, such as the icon or the index of a
    // search that has just been typed. What is not there fails by another name.
    const left = it.failure()?.errorText === "net::ERR_ABORTED";
    if (!left) complaints.push(`did not get ${it.url()}: ${it.failure()?.errorText}`);
  });
  page.on("response", (it) => it.status() >= 400 && complaints.push(`got ${it.status()} for ${it.url()}`));
  page.on("console", (it) => {
    const { url } = it.location();
    // A page that names no icon makes the browser ask the host for one, at some time or other.
    // Whether one does is asked once, in the tests of places.
    if (!url.endsWith("/favicon.ico")) complaints.push(`console, ${it.type()}: ${it.text()} (${url})`);
  });
  page.on("pageerror", (it) => complaints.push(`fails: ${it.message}`));

  const settle = () => assert.deepEqual(complaints, [], page.url());
  return {
    page,
    context,
    settle,
    async open(of) {
      complaints = [];
      await page.goto(place.address(of));
      settle();
      return page;
    },
    /** Clicks the first such link, and waits for the page that this leads to. */
    async follow(link) {
      await page.locator(link).first().click();
      await page.waitForLoadState();
      settle();
    },
    close: () => context.close(),
  };
}

/** Waits until the page says such a thing to who cannot see what changed. */
export const said = (page, words) =>
  page.locator("[role=status]").filter({ hasText: words }).first().waitFor({ state: "attached", timeout: 2000 });

/** Lets the page lay itself out and paint, as it would before someone looks. */
export const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
