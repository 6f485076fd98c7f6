// The page of the search, from the disk and under a path on the web.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { sideways } from "./layout.mjs";
import { disk, files, KINDS, newReader, ON_DISK, ON_WEB, openBrowser, web } from "./site.mjs";
import { answered, asked, counted, firstTo, told } from "./searching.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await openBrowser();
const onWeb = await web();

/** A test for a reader of each place, who begins on the page of the search. */
function read(name, act, settings = {}) {
  for (const place of [disk, onWeb]) {
    test(`${name}, ${place.name}`, async () => {
      const reader = await newReader(browser, { place, ...settings });
      const page = await reader.open("search/");
      await act(page, reader);
      reader.settle();
      await reader.close();
    });
  }
}

describe("what is asked is answered", { concurrency: 2 }, () => {
  read("results come as one types, without a submit, and the focus stays", async (page) => {
    await page.locator("#q").focus();
    await page.evaluate(() => {
      window.moved = [];
      addEventListener("focusin", (event) => window.moved.push(event.target.outerHTML));
    });
    await page.locator("#q").pressSequentially("confidential", { delay: 40 });
    await answered(page, "confidential");
    assert.ok((await page.locator("#results > li").count()) > 3);
    assert.deepEqual(await page.evaluate(() => [document.activeElement.id, window.moved]), ["q", []]);
  });

  read("each answer is told once", async (page) => {
    await page.evaluate(() => {
      const told = document.getElementById("told");
      window.told = [];
      new MutationObserver(() => window.told.push(told.textContent)).observe(told, { childList: true });
    });
    for (const query of ["hospitality", "media enquiries"]) {
      await page.locator("#q").fill(query);
      await answered(page, query);
    }
    await page.waitForTimeout(300);
    const all = await page.evaluate(() => window.told);
    const answers = all.filter((it) => it !== "Searching …");
    assert.equal(answers.length, 2, answers.join(" | "));
  });

  for (const [query, expected] of Object.entries({
    "5.03": /\b5\.03 Kensington and Chelsea$/,
    "clause 5.03": /\b5\.03 Kensington and Chelsea$/,
    "kent 10.4": /\b10\.4 Kent$/,
  })) {
    read(`${query} finds first the clause of that number`, async (page) => {
      await asked(page, query);
      const title = await page.locator("#results .title").first().textContent();
      assert.match(title, expected);
      assert.doesNotMatch(await told(page), /nowhere/);
    });
  }

  read("13(a) finds all eight items that are called so", async (page) => {
    await asked(page, "13(a)");
    const links = await page.locator("#results .title a").evaluateAll((all) => all.map((it) => it.href));
    const eight = links.slice(0, 8).map((it) => /london-councils\/clauses\/([^/]+)\/.*#item-a$/.exec(it)?.[1]);
    assert.equal(new Set(eight.filter(Boolean)).size, 8, links.join("\n"));
    assert.ok(links.slice(8).every((it) => !it.endsWith("#item-a")));
  });

  read("what could not be found is said", async (page) => {
    await asked(page, "the of and");
    const elsewhere = " Look through the topics or the words of each authority from A to Z.";
    assert.equal(await told(page), `Only words too common to be searched. Add another one.${elsewhere}`);
    for (const it of ["/topics/", "/terms/"]) assert.equal(await page.locator(`#told a[href*="${it.slice(1)}"]`).count(), 1);
    assert.equal(await page.locator("#results > li").count(), 0);
    await asked(page, "asdfgh");
    assert.equal(await told(page), `Nothing found. “asdfgh” stands nowhere here.${elsewhere}`);
    assert.equal(await page.locator("#results > li").count(), 0);
    await asked(page, "harrassment");
    assert.match(await told(page), /“harrassment” stands nowhere here; shown is “harassment”\.$/);
    assert.ok((await page.locator("#results > li").count()) > 3);
  });

  /* Each case: what is typed, and what it is read as; null where nothing is spelt almost so. */
  const SLIPS = {
    harrassment: "harassment",
    comittee: "committee",
    councilor: "councillor",
    oficers: "officers",
    confidental: "confidential",
    memebrs: "members",
    // Words of their own, which stand in no text: another word is no answer to them.
    expenses: null,
    admissions: null,
    allotments: null,
    libraries: null,
    cemetery: null,
    // Words of the thesaurus and of the stop list are known, whatever they are near to.
    purdah: null,
    cllr: null,
    there: null,
    // A number is never a slip of another one.
    "5.99": null,
  };
  read("a slip is read as a word that is spelt almost so, and a word of its own as nothing else", async (page) => {
    for (const [typed, expected] of Object.entries(SLIPS)) {
      await asked(page, typed);
      const said = /shown is (.*?)\.$/.exec(await told(page))?.[1] ?? null;
      if (expected) assert.ok(said?.includes(`“${expected}”`), `${typed}: ${await told(page)}`);
      else assert.equal(said, null, `${typed}: ${await told(page)}`);
    }
  });

  read("who names an authority whose text is not held is told so, and led to its page", async (page) => {
    await asked(page, "westminster gifts");
    assert.match(await told(page), /The text of Westminster is not held: see what is known of Westminster\./);
    await page.locator("#told a").first().click();
    await page.waitForURL(/\/authorities\/westminster\//);
    assert.match(await page.locator("main").textContent(), /Text not held/);
    await page.goBack();
    await asked(page, "kent gifts");
    assert.doesNotMatch(await told(page), /not held/);
  });

  read("a result that only answers the same question says that it has none of the words", async (page) => {
    await asked(page, "hospitality");
    const others = Number(/(\d+) on the same question in other words\.$/.exec(await told(page))?.[1]);
    assert.ok(others > 0, await told(page));
    for (let shown = 10; await page.locator(".more").count(); shown += 10) {
      await page.locator(".more").click();
      await page.waitForFunction((shown) => document.querySelectorAll("#results > li").length > shown, shown);
    }
    const said = page.locator("#results .why", { hasText: "Has none of these words; it is on the same question." });
    assert.equal(await said.count(), others);
  });

  read("with the query goes all that was found for it", async (page) => {
    await asked(page, "information");
    assert.ok(await page.locator(".more").isVisible());
    await page.locator("#q").fill("");
    await page.waitForFunction(() => !document.querySelector("#results > li"));
    assert.equal(await page.locator(".more").count(), 0);
    assert.equal(await page.locator("#choices").isVisible(), false);
    assert.equal(await told(page), "");
  });

  read("more results come when they are asked for, and the focus goes to the first of them", async (page) => {
    await asked(page, "information");
    await page.locator(".more").click();
    await page.waitForFunction(() => document.querySelectorAll("#results > li").length > 10);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll("#results .title a")].indexOf(document.activeElement)), 10);
  });
});

describe("the address holds what is asked", { concurrency: 2 }, () => {
  const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

  read("query and filters are in it, and it brings them back", async (page) => {
    await asked(page, "information");
    await page.selectOption("select[name=authority]", "kent");
    await answered(page, "information");
    await page.locator("[name=texts]").check();
    await answered(page, "information");
    assert.deepEqual(query(page), { q: "information", authority: "kent", texts: "all" });
    const [found, links] = [await told(page), await page.locator("#results .title a").allTextContents()];
    await page.reload();
    await answered(page, "information");
    assert.equal(await told(page), found);
    assert.deepEqual(await page.locator("#results .title a").allTextContents(), links);
    assert.equal(await page.locator("#q").inputValue(), "information");
    assert.equal(await page.locator("select[name=authority]").inputValue(), "kent");
    assert.ok(await page.locator("[name=texts]").isChecked());
  });

  read("Back and Forward go through queries and filters, and not through letters", async (page) => {
    const steps = [];
    const here = async () => ({ ...query(page), told: await told(page), field: await page.locator("#q").inputValue() });
    await page.locator("#q").pressSequentially("confidential", { delay: 120 });
    await answered(page, "confidential");
    steps.push(await here());
    await page.selectOption("select[name=authority]", "kent");
    await answered(page, "confidential");
    steps.push(await here());
    await page.locator("#q").click();
    await page.locator("#q").press("ControlOrMeta+a");
    await page.locator("#q").pressSequentially("media", { delay: 120 });
    await page.locator("#q").press("Enter");
    await answered(page, "media");
    steps.push(await here());
    assert.deepEqual(
      steps.map(({ q, authority }) => [q, authority]),
      [["confidential", undefined], ["confidential", "kent"], ["media", "kent"]],
    );
    const goes = async (way, step) => {
      await page[way]();
      await answered(page, step.q);
      await page.waitForFunction((told) => document.getElementById("told").textContent === told, step.told);
      assert.deepEqual(await here(), step);
    };
    await goes("goBack", steps[1]);
    await goes("goBack", steps[0]);
    await goes("goForward", steps[1]);
    await goes("goForward", steps[2]);
  });

  read("each filter counts what it would leave", async (page) => {
    await asked(page, "information");
    for (const texts of [false, true]) {
      await page.locator("[name=texts]").setChecked(texts);
      await answered(page, "information");
      for (const name of ["authority", "topic", "principle"]) {
        const select = page.locator(`select[name=${name}]`);
        const options = await select.locator("option").evaluateAll((all) => all.map((it) => [it.value, it.textContent]));
        assert.ok(options.length > 2, name);
        for (const [value, words] of options.slice(1, 4)) {
          await select.selectOption(value);
          await answered(page, "information");
          assert.equal(counted(await told(page)), Number(/\((\d+)\)$/.exec(words)[1]), `${name}: ${words}`);
          assert.equal(await page.evaluate(() => document.activeElement.name), name, "the focus stays on the filter");
        }
        await select.selectOption("");
        await answered(page, "information");
      }
    }
  });
});

describe("by keyboard alone", { concurrency: 2 }, () => {
  const focused = (page) =>
    page.evaluate(() => {
      const it = document.activeElement;
      return it.id || [...document.querySelectorAll("#results .title a")].indexOf(it);
    });

  read("one comes to the field, to the results and back", async (page) => {
    for (let stops = 0; (await focused(page)) !== "q"; stops += 1) {
      assert.ok(stops < 20, "the field is not reached");
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type("confidential");
    await answered(page, "confidential");
    const walk = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "Escape", "ArrowDown"]) {
      await page.keyboard.press(key);
      walk.push(await focused(page));
    }
    assert.deepEqual(walk, [0, 1, 0, "q", 0, 1, "q", 0]);
    assert.equal(await page.locator("#q").inputValue(), "confidential");
    const to = await page.locator("#results .title a").first().getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL((it) => it.href.includes(to.replace(/^(\.\.\/)+/, "").split("?")[0]));
  });

  read("an access key is named for the field, and a slash alone is a letter", async (page, reader) => {
    for (const [kind, address] of Object.entries(KINDS).filter(([kind]) => ["home", "a clause", "a topic", "search"].includes(kind))) {
      await reader.open(address);
      // A letter alone would go there by accident for who dictates (WCAG 2.1.4).
      await page.keyboard.press("/");
      assert.notEqual(await page.evaluate(() => document.activeElement.name), "q", kind);
      assert.equal(await page.locator("input[type=search][name=q]").getAttribute("accesskey"), "/", kind);
      await page.locator("input[type=search][name=q]").focus();
      await page.keyboard.type("and/or");
      assert.equal(await page.evaluate(() => document.activeElement.value), "and/or", kind);
    }
  });
});

describe("results have no fault", { concurrency: 2 }, () => {
  for (const width of [1280, 320]) {
    read(
      `at ${width} pixels`,
      async (page) => {
        for (const query of ["information", "harrassment", "13(a)", "asdfgh"]) {
          await asked(page, query);
          assert.deepEqual(await sideways(page), [], query);
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const found = await axe.run(document, { preload: false, resultTypes: ["violations"] });
            return found.violations.map((it) => `${it.id}: ${it.help}, ${it.nodes[0].html.slice(0, 160)}`);
          });
          assert.deepEqual(violations, [], query);
        }
      },
      { width },
    );
  }
});

read("a result that was found by what editors list as asked says so, and is not told as having the words", async (page) => {
  await asked(page, "christmas presents");
  const listed = page.locator("#results .why", { hasText: /^The editors list as asked of .*“.+”$/ });
  assert.ok((await listed.count()) > 0);
  assert.match(await page.locator("#told").textContent(), /^Nothing has all of these words\. /);
});

read("a result opens with the words marked, until the marks are cleared", async (page) => {
  await asked(page, "hospitality");
  await firstTo(page, "/clauses/").click();
  await page.waitForURL(/\/clauses\/.*\?mark=/);
  const marks = page.locator(".single .words mark");
  assert.ok((await marks.count()) > 0);
  for (const it of await marks.allTextContents()) assert.match(it, /^hospitality$/i);
  const words = await page.locator(".single .words").textContent();
  await page.getByRole("button", { name: "Clear the marks" }).click();
  assert.equal(await marks.count(), 0);
  assert.equal(new URL(page.url()).search, "");
  assert.equal(await page.locator(".single .words").textContent(), words);
});

describe("from every page", () => {
  for (const javaScript of [true, false]) {
    read(
      `the field leads to the search, scripts ${javaScript ? "on" : "off"}`,
      async (page, reader) => {
        for (const [kind, address] of Object.entries(KINDS).filter(([kind]) => !kind.startsWith("search"))) {
          await reader.open(address);
          assert.equal(await page.locator("form.site-search input[name=q]").count(), 1, kind);
          if (!["home", "a clause", "a topic", "not found"].includes(kind)) continue;
          await page.locator("#site-q").fill("gifts and hospitality");
          await page.locator("#site-q").press("Enter");
          await page.waitForURL(/\/search\/(index\.html)?\?q=gifts\+and\+hospitality$/);
          if (javaScript) await answered(page, "gifts and hospitality");
        }
      },
      { javaScript },
    );
  }

  read(
    "who has no scripts is led to topics and terms",
    async (page) => {
      const offer = page.locator("main .banner");
      assert.match(await offer.textContent(), /Searching needs a script/);
      for (const name of ["topics", "terms"]) {
        const link = offer.locator(`a[href*="${name}/"]`);
        const href = await link.evaluate((it) => it.href);
        assert.match(href, new RegExp(`/${name}/(index\\.html)?(#|$)`));
      }
      await offer.locator("a").first().click();
      await page.waitForURL(/\/topics\//);
      assert.ok((await page.locator("main a").count()) > 10);
    },
    { javaScript: false },
  );
});

test("a browser can take the search up among its own, on the web", () => {
  const description = readFileSync(join(ON_WEB, "opensearch.xml"), "utf8");
  assert.match(description, /<ShortName>[^<]{1,16}<\/ShortName>/);
  assert.match(description, /<Url type="text\/html" template="https:\/\/handbook\.example\/sub\/path\/search\/\?q=\{searchTerms\}"/);
  const link = /<link rel="search" type="application\/opensearchdescription\+xml" title="[^"]+" href="([^"]+)">/;
  for (const it of files(ON_WEB, ".html").filter((it) => it !== "404.html")) {
    const html = readFileSync(join(ON_WEB, it), "utf8");
    if (html.includes('http-equiv="refresh"')) continue;
    const [, href] = link.exec(html) ?? [];
    assert.equal(new URL(href ?? "", `https://handbook.example/sub/path/${it}`).href, "https://handbook.example/sub/path/opensearch.xml", it);
  }
  assert.deepEqual(files(ON_DISK, "opensearch.xml"), []);
});
