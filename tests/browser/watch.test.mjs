// The preview of `handbook watch`: what was saved is on the open page at once, where the reader
// was; what is wrong stands on it until it is mended; nobody else's page can read it.
//
// HANDBOOK names the program, if it is not the one that `cargo build` makes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./site.mjs";

const PROGRAM = process.env.HANDBOOK ?? resolve("../../target/debug/handbook");
const ABOUT = "content/pages/about.md";
const CLAUSE = "content/authorities/kent/protocol/2013-05-23/06-scrutiny-committee/6.1.md";
const CLAUSE_PAGE = "authorities/kent/clauses/6.1/";

const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), "handbook-watch-"));
after(() => rmSync(folder, { recursive: true }));
const read = (path) => readFileSync(join(folder, path), "utf8");
const write = (path, text) => writeFileSync(join(folder, path), text);
const change = (path, from, to) => {
  assert.ok(read(path).includes(from), `${path} holds ${from}`);
  write(path, read(path).replace(from, to));
};

/** Starts the preview, and waits until its first site has been published. */
async function watch(...words) {
  const program = spawn(PROGRAM, ["watch", "--theme", "own", "--today", "2026-11-23", ...words], { cwd: folder });
  const lines = createInterface({ input: program.stdout });
  let root;
  for await (const line of lines) {
    root ??= line.match(/^The preview: (\S+)/)?.[1];
    if (line.includes("public:")) break;
  }
  program.stdout.resume();
  return {
    root,
    async end() {
      if (program.exitCode !== null) return;
      program.kill("SIGINT");
      await once(program, "exit");
    },
  };
}

let preview;
before(async () => {
  cpSync(resolve("../../content"), join(folder, "content"), { recursive: true });
  mkdirSync(join(folder, "own/assets"), { recursive: true });
  mkdirSync(join(folder, "own/templates"), { recursive: true });
  write("own/assets/own.css", ":root { --measure: 41rem }");
  preview = await watch("--port", "24100");
});
after(() => preview.end());

/** Opens a page in a tab of its own, and waits until it hears of changes. */
async function open(path, context) {
  const page = await (context ?? (await browser.newContext({ viewport: { width: 1000, height: 400 } }))).newPage();
  page.setDefaultTimeout(20_000);
  const listens = page.waitForRequest((it) => it.url().endsWith("/-/news"));
  await page.goto(preview.root + path);
  await listens;
  // Survives as long as the page is not loaded again.
  await page.evaluate(() => (window.mark = true));
  return page;
}
const isMarked = (page) => page.evaluate(() => window.mark === true);
const banner = (page) => page.locator(".handbook-watch");

describe("the preview", () => {
  test("a save is on the page that is open, and the reader stays where they were", async () => {
    const page = await open("about/");
    await page.evaluate(() => scrollTo(0, 600));
    write(ABOUT, `${read(ABOUT)}\nA sentence that was just saved.\n`);
    await page.getByText("A sentence that was just saved.").waitFor();
    assert.equal(await isMarked(page), false, "it was loaded again");
    await page.waitForFunction(() => scrollY === 600);
    await page.close();
  });

  test("a page that the save does not touch is not loaded again", async () => {
    const page = await open("privacy/");
    const other = await open("about/");
    write(ABOUT, `${read(ABOUT)}\nOne more sentence.\n`);
    await other.getByText("One more sentence.").waitFor();
    assert.equal(await isMarked(page), true);
    await page.close();
    await other.close();
  });

  test("an error stands on the page, with file and line, until it is mended", async () => {
    const page = await open("about/");
    const text = read(ABOUT);
    write(ABOUT, text.replace("title:", "titel:"));
    await banner(page).waitFor();
    assert.match(await banner(page).innerText(), /The content has \d errors?; what is shown is from before/);
    assert.match(await banner(page).innerText(), /content\/pages\/about\.md:\d+:\d+\s+.*titel/s);
    assert.equal(await isMarked(page), true, "the last good page stays");
    assert.equal(await page.locator("h1").count(), 1);
    write(ABOUT, text);
    await banner(page).waitFor({ state: "detached" });
    assert.equal(await isMarked(page), true, "nothing else changed");
    await page.close();
  });

  test("a broken template is told as well", async () => {
    const page = await open("about/");
    write("own/templates/base.html", '{% extends "default/base.html" %}{% block footer %}');
    await banner(page).waitFor();
    assert.match(await banner(page).innerText(), /theme cannot be used[^]*base\.html/);
    assert.equal(await isMarked(page), true);
    write("own/templates/base.html", '{% extends "default/base.html" %}{% block footer %}Our own{% endblock footer %}');
    await page.getByText("Our own").waitFor();
    assert.equal(await banner(page).count(), 0);
    await page.close();
  });

  test("a change of style is put on without loading the page", async () => {
    const page = await open("about/");
    await page.locator("body").evaluate(() => scrollTo(0, 300));
    write("own/assets/own.css", "body { outline: 3px solid rgb(1, 2, 3) }");
    await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
    assert.equal(await isMarked(page), true);
    assert.equal(await page.evaluate(() => scrollY), 300);
    const sheets = page.locator('link[rel="stylesheet"][href*="own."]');
    await page.waitForFunction(() => document.querySelectorAll('link[href*="own."]').length === 1);
    assert.equal(await sheets.count(), 1);
    // The page is the newest now, so the next save that does not touch it leaves it.
    change(CLAUSE, "why: ", "why: indeed ");
    await page.waitForURL((it) => it.pathname.endsWith(CLAUSE_PAGE));
    await page.close();
  });

  test("the clause that was edited is gone to, unless it is open elsewhere or the reader is busy", async () => {
    const context = await browser.newContext();
    const page = await open("", context);
    change(CLAUSE, "why: indeed ", "why: ");
    await page.waitForURL((it) => it.pathname.endsWith(CLAUSE_PAGE));
    await page.goBack();

    // Who writes in a field is left alone; so is who reads while another tab shows the clause.
    const clause = await open(CLAUSE_PAGE, context);
    const writer = await open("search/", await browser.newContext());
    await writer.locator("main input[type=search]").first().fill("gifts");
    const reader = await open("privacy/", context);
    change(CLAUSE, "why: ", "why: truly ");
    await clause.getByText("truly").first().waitFor();
    // By now the others know too: what is asked of other tabs is answered within this.
    await reader.waitForTimeout(500);
    assert.ok(reader.url().endsWith("privacy/"));
    assert.ok(writer.url().includes("search/"));
    change(CLAUSE, "why: truly ", "why: ");
    await context.close();
    await writer.close();
  });

  test("what is published holds nothing of the preview", () => {
    const files = readdirSync(join(folder, "public"), { recursive: true }).filter((it) => it.endsWith(".html"));
    assert.ok(files.length > 100);
    for (const file of files) assert.doesNotMatch(read(join("public", file)), /reload\.js|handbook-watch/);
  });

  test("a page of another site can neither read nor show it", async () => {
    const stranger = createServer((request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Elsewhere</title>");
    });
    stranger.listen(0, "127.0.0.1");
    await once(stranger, "listening");
    after(() => stranger.close());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${stranger.address().port}/`);
    const reached = await page.evaluate(async (root) => {
      const tried = async (make) => {
        try {
          return await make();
        } catch {
          return "refused";
        }
      };
      const element = (name, set) =>
        new Promise((done) => {
          const made = Object.assign(document.createElement(name), set);
          made.onload = () => done("loaded");
          made.onerror = () => done("refused");
          document.head.append(made);
        });
      const frame = document.createElement("iframe");
      frame.src = root;
      document.body.append(frame);
      await new Promise((done) => (frame.onload = done));
      return {
        fetch: await tried(async () => (await fetch(root)).status),
        blind: await tried(async () => (await fetch(root, { mode: "no-cors" })).type),
        script: await element("script", { src: `${root}-/reload.js` }),
        style: await element("link", { rel: "stylesheet", href: `${root}-/reload.css` }),
        frame: frame.contentDocument === null ? "refused" : "loaded",
      };
    }, preview.root);
    assert.deepEqual(reached, { fetch: "refused", blind: "refused", script: "refused", style: "refused", frame: "refused" });
    await page.close();
  });

  test("an open page tells that the preview has ended, and goes on with the next", async () => {
    const page = await open("about/");
    const { port } = new URL(preview.root);
    await preview.end();
    await banner(page).waitFor();
    assert.match(await banner(page).innerText(), /The preview has ended/);
    write(ABOUT, `${read(ABOUT)}\nSaved while nobody watched.\n`);
    preview = await watch("--port", port);
    await page.getByText("Saved while nobody watched.").waitFor();
    assert.equal(await banner(page).count(), 0);
    await page.close();
  });
});
