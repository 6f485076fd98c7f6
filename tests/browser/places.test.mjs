// Wherever the site stands, on a disk or below a path of some host, its links lead on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  CLAUSE,
  disk,
  EDITION,
  files,
  KINDS,
  newReader,
  ON_DISK,
  ON_WEB,
  openBrowser,
  TOPIC,
  TOPICS,
  web,
} from "./site.mjs";

// Where the second site is built to stand, and what its absolute addresses begin with.
const BASE = "https://handbook.example/sub/path/";

const browser = await openBrowser();
const host = await web();

for (const place of [disk, host]) {
  describe(place.name, () => {
    test("a reference in a clause leads to the words it names", async () => {
      const reader = await newReader(browser, { place });
      const page = await reader.open(EDITION);
      await reader.follow("#clause-10\\.4 a.reference");
      assert.match(page.url(), /#clause-10\.3$/);
      assert.match(await page.innerText(":target"), /Official external communications/);
      await reader.close();
    });

    test("each step of the breadcrumb leads where it says", async () => {
      const reader = await newReader(browser, { place });
      const steps = ["", "authorities/", "authorities/kent/", "authorities/kent/protocol/"];
      for (const [index, step] of steps.entries()) {
        const page = await reader.open(CLAUSE);
        const links = 'nav[aria-label="Breadcrumb"] a';
        assert.equal(await page.locator(links).count(), steps.length);
        await reader.follow(`${links} >> nth=${index}`);
        assert.equal(page.url(), place.address(step));
      }
      await reader.close();
    });

    test("from the topics a reader comes to a topic, to a clause of it, and to its text", async () => {
      const reader = await newReader(browser, { place });
      const page = await reader.open(TOPICS);
      await reader.follow("main a:text('Contact, enquiries and response times')");
      assert.equal(page.url(), place.address(TOPIC));
      await reader.follow("main a:text-is('Clause 5.01')");
      assert.equal(page.url(), place.address("authorities/kensington-and-chelsea/clauses/5.01/"));
      await reader.follow(".whose a[href*='#clause-5.01']");
      assert.match(await page.innerText(":target"), /regular contact between Councillors and officers/);
      await reader.close();
    });
  });
}

test("under a path on the web each kind of page gets all it asks for", async () => {
  const reader = await newReader(browser, { place: host });
  for (const address of Object.values(KINDS)) {
    const page = await reader.open(address);
    const styles = await page.evaluate(() => [...document.styleSheets].map((it) => it.cssRules.length));
    assert.ok(styles.length > 0 && styles.every((it) => it > 0), `${address}: rules of style ${styles}`);
    reader.settle();
  }
  await reader.close();
});

test("nothing makes the browser ask for what stands beside the path, an icon included", async () => {
  // It asks for an icon of its own accord, once a run and soon after the first page is there:
  // so what all the tests above have led to counts.
  const reader = await newReader(browser, { place: host });
  await reader.open("");
  await reader.page.waitForTimeout(500);
  assert.deepEqual(host.beside, []);
  await reader.close();
});

test("a page that is not there, deep below the path, looks like the others and leads on", async () => {
  const reader = await newReader(browser, { place: host });
  const { page } = reader;
  const answer = await page.goto(host.address("authorities/kent/clauses/99.99/no/such/page/"));
  assert.equal(answer.status(), 404);
  assert.match(await page.innerText("h1"), /not found/i);
  const look = () =>
    page.evaluate(() => {
      const header = getComputedStyle(document.querySelector(".site-header"));
      return [getComputedStyle(document.body).fontFamily, header.borderBottom, header.padding, header.display];
    });
  const there = await look();
  const here = page.url();
  const links = await page.$$eval("a[href]", (all) => all.map((it) => it.href));
  const others = links.filter((it) => it.split("#")[0] !== here);
  assert.ok(others.length > 5);
  for (const link of others) assert.equal((await fetch(link)).status, 200, link);

  await page.locator(".site-header a").first().click();
  await page.waitForLoadState();
  assert.equal(page.url(), host.address(""));
  assert.deepEqual(there, await look());
  await reader.close();
});

const ENTITIES = { "&amp;": "&", "&#39;": "'", "&quot;": '"', "&#x2F;": "/", "&#x27;": "'" };

/** Each address that a page names, where it stands; one below the base means one of the host. */
function named(html, where) {
  return [...html.matchAll(/\s(href|src|content)="([^"]*)"/g)]
    .map(([, name, value]) => [name, value.replace(/&(amp|#39|quot|#x2F|#x27);/g, (it) => ENTITIES[it])])
    .filter(([name, value]) => name !== "content" || value.startsWith(BASE))
    .map(([, value]) => new URL(value.startsWith(BASE) ? host.address(value.slice(BASE.length)) : value, where));
}

const ids = (html) => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((it) => it[1]));

test("under a path on the web every link within the site is answered, down to its anchor", async () => {
  const answers = new Map();
  const ask = async (address) => {
    if (!answers.has(address)) {
      const answer = await fetch(address);
      const html = /text\/html/.test(answer.headers.get("content-type"));
      const text = await answer.text();
      answers.set(address, { status: answer.status, ids: html ? ids(text) : new Set() });
    }
    return answers.get(address);
  };

  const broken = [];
  for (const file of files(ON_WEB, ".html")) {
    const where = host.root + file.replace(/(^|\/)index\.html$/, "$1");
    for (const link of named(readFileSync(join(ON_WEB, file), "utf8"), where)) {
      if (!link.href.startsWith(new URL(host.root).origin)) continue;
      const anchor = decodeURIComponent(link.hash.slice(1));
      const { status, ids } = await ask(link.origin + link.pathname);
      if (status !== 200) broken.push(`${file}: ${status} for ${link.pathname}`);
      else if (anchor && !ids.has(anchor)) broken.push(`${file}: no ${link.hash} in ${link.pathname}`);
    }
  }
  assert.deepEqual(broken.slice(0, 20), []);
  assert.ok(answers.size > 200, `only ${answers.size} addresses were asked for`);
});

test("on the disk every link within the site leads to a file, down to its anchor", () => {
  const root = new URL(disk.root);
  const held = new Map();
  const open = (path) => {
    if (!held.has(path)) {
      try {
        held.set(path, ids(readFileSync(decodeURIComponent(path), "utf8")));
      } catch {
        held.set(path, null);
      }
    }
    return held.get(path);
  };

  const broken = [];
  for (const file of files(ON_DISK, ".html")) {
    for (const link of named(readFileSync(join(ON_DISK, file), "utf8"), new URL(file, root))) {
      if (link.protocol !== "file:") continue;
      const anchor = decodeURIComponent(link.hash.slice(1));
      if (!link.pathname.startsWith(root.pathname)) broken.push(`${file}: out of the site to ${link.href}`);
      else if (!open(link.pathname)) broken.push(`${file}: no file ${link.pathname}`);
      else if (anchor && !open(link.pathname).has(anchor)) broken.push(`${file}: no ${link.hash} in ${link.pathname}`);
    }
  }
  assert.deepEqual(broken.slice(0, 20), []);
});

test("every page that search engines are told of is there", async () => {
  const sitemap = await (await fetch(host.address("sitemap.xml"))).text();
  const told = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map((it) => it[1]);
  assert.ok(told.length > 200, `${told.length} addresses`);
  for (const address of told) {
    assert.ok(address.startsWith(BASE), address);
    const answer = await fetch(host.address(address.slice(BASE.length)));
    await answer.arrayBuffer();
    assert.equal(answer.status, 200, address);
  }
});

test("every page of the site is of a kind that these tests look at", () => {
  // A page's shape is its address without the names that its kind leaves open.
  const shape = (address) =>
    address
      .replace(/index\.html$/, "")
      .replace(/\b(authorities|protocol|reports|topics|principles|terms|legislation)\/[^/]+\//g, "$1/*/")
      .replace(/\bclauses\/[^/]+\//, "clauses/*/");
  const looked = new Set(Object.values(KINDS).map(shape));
  const strangers = new Set(files(ON_DISK, ".html").map(shape).filter((it) => !looked.has(it)));
  assert.deepEqual([...strangers], [], "name a page of this kind in site.mjs");
});
