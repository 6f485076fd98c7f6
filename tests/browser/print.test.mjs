// What a reader prints: the council's words, all of them and in their order, and on each sheet
// what it is and which page of how many; nothing that is there to be clicked.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CLAUSE, EDITION, newReader, openBrowser, REDLINE, TOPIC } from "./site.mjs";

const browser = await openBrowser();
const desk = mkdtempSync(join(tmpdir(), "handbook-print-"));
after(() => rmSync(desk, { recursive: true, force: true }));

/** Letters alone: without the spaces that a line's end makes or takes, or the hyphens at it. */
const letters = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\u00ad\u2010-]+/gu, "");

/** The words that the page shows, in its order. This runs in the page. */
function words() {
  const unseen = (it) => {
    if (!it.checkVisibility() || it.closest("button")) return true;
    for (let up = it; up; up = up.parentElement) {
      const { width, height } = up.getBoundingClientRect();
      if (getComputedStyle(up).overflow !== "visible" && width <= 1 && height <= 1) return true;
    }
    return false;
  };
  // The pieces that stand in the source as one, since style may set something after a link.
  const pieces = (within) => {
    const all = [];
    const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.data.trim() && !unseen(texts.currentNode.parentElement)) all.push(texts.currentNode.data);
    }
    return all;
  };
  const rows = [...document.querySelectorAll("table.comparison tbody tr")];
  return {
    title: document.title,
    heading: document.querySelector("h1").innerText,
    flow: pieces(document.querySelector("main")),
    clauses: [...document.querySelectorAll(".clause")].map((it) => {
      const number = it.querySelector(".number")?.innerText ?? "";
      const words = pieces(it.querySelector(".words")).join(" ").trim();
      return `${number} ${words.split(/\s+/).slice(0, 6).join(" ")}`;
    }),
    council: [...document.querySelectorAll(".words")].flatMap(pieces),
    rows: rows.map((row) => [...row.cells].map(pieces)),
  };
}

/**
 * Prints a page, and returns the letters of each sheet, the lines of each sheet, and the words
 * that should be there: of the whole text in one flow, and of a comparison by row and cell.
 */
async function print(address) {
  const reader = await newReader(browser);
  const page = await reader.open(address);
  // What the screen shows of the council must come on paper, whatever a style for print hides.
  const { council } = await page.evaluate(words);
  await page.emulateMedia({ media: "print" });
  const onPaper = await page.evaluate(words);
  const clickable = await page.evaluate(() =>
    [...document.querySelectorAll("nav, button, input, select, .chooser, .skip, .to-top")]
      .filter((it) => it.checkVisibility())
      .map((it) => it.outerHTML.slice(0, 100)),
  );
  const file = join(desk, `${letters(address).replaceAll("/", "_")}.pdf`);
  await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  await reader.close();

  const text = execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { encoding: "utf8" });
  const info = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  const sheets = text.split("\f").slice(0, -1);
  return { ...onPaper, council, clickable, info, sheets, letters: sheets.map(letters) };
}

/**
 * The place after `piece`, looked for in the sheets from the place `from`; it may run over onto
 * the next sheet, below the title there. Null where it is nowhere.
 */
function placeAfter(sheets, piece, from) {
  const wanted = letters(piece);
  for (let sheet = from.sheet; sheet < sheets.length; sheet++) {
    const start = sheet === from.sheet ? from.at : 0;
    const whole = sheets[sheet].indexOf(wanted, start);
    if (whole >= 0) return { sheet, at: whole + wanted.length };
    for (let cut = wanted.length - 1; cut > 0; cut--) {
      if (sheets[sheet].indexOf(wanted.slice(0, cut), start) < 0) continue;
      const rest = placeAfter(sheets.slice(0, sheet + 2), wanted.slice(cut), { sheet: sheet + 1, at: 0 });
      if (rest) return rest;
    }
  }
  return null;
}

/** Looks for all pieces, one after another; returns the place after the last. */
function follow(sheets, pieces, from) {
  for (const piece of pieces) {
    const place = placeAfter(sheets, piece, from);
    assert.ok(place, `not on the sheets after page ${from.sheet + 1}, letter ${from.at}: “${piece.trim()}”`);
    from = place;
  }
  return from;
}

const START = { sheet: 0, at: 0 };

for (const address of [EDITION, TOPIC, CLAUSE, REDLINE]) {
  describe(`printed, ${address}`, () => {
    let printed;
    before(async () => (printed = await print(address)));

    test("has nothing that is there to be clicked", () => {
      assert.deepEqual(printed.clickable, []);
      const skip = letters("Skip to the text");
      assert.ok(printed.letters.every((it) => !it.includes(skip)));
    });

    test("is on sheets of A4", () => assert.match(printed.info, /Page size: .*A4/));

    test("says on every sheet what it is, and which page of how many", () => {
      const [name] = printed.title.split(" – ");
      for (const [index, sheet] of printed.sheets.entries()) {
        const where = `page ${index + 1} of ${printed.sheets.length}`;
        const named = [name, printed.heading].some((it) => printed.letters[index].includes(letters(it)));
        assert.ok(named, `${where} bears neither “${name}” nor “${printed.heading}”`);
        const count = new RegExp(`\\b${index + 1}\\s*(/|of)\\s*${printed.sheets.length}\\b`);
        assert.ok(count.test(sheet), `${where} does not bear its number`);
      }
    });

    test("holds every word of the council that the page shows", () => {
      assert.ok(printed.council.length > 0);
      for (const piece of printed.council) {
        assert.ok(placeAfter(printed.letters, piece, START), `not printed: “${piece.trim()}”`);
      }
    });

    test("bears the number of each clause before its words, in sequence", () => {
      follow(printed.letters, printed.clauses, START);
    });

    test("keeps the words in the order of the page", () => {
      if (printed.rows.length === 0) return void follow(printed.letters, printed.flow, START);
      // Cells beside one another run on together over the edge of a sheet: each keeps its order,
      // and no row begins before the one above it has ended.
      let row = START;
      for (const cells of printed.rows) {
        const ends = cells.map((pieces) => follow(printed.letters, pieces, row));
        row = ends.reduce((last, it) => (it.sheet > last.sheet || (it.sheet === last.sheet && it.at > last.at) ? it : last));
      }
    });
  });
}

test("the table of the principles is printed with all its columns, and no word of its heads is broken", async () => {
  const reader = await newReader(browser, {});
  const page = await reader.open("principles/");
  const file = join(desk, "principles.pdf");
  await page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  const text = execFileSync("pdftotext", ["-layout", "-enc", "UTF-8", file, "-"], { encoding: "utf8" });
  const names = ["Selflessness", "Integrity", "Objectivity", "Accountability", "Openness", "Honesty", "Leadership"];
  const heads = text.split("\n").find((line) => /Authority\s+Selfless/.test(line));
  for (const name of names) assert.ok(heads?.split(/\s+/).includes(name), `${name} in: ${heads}`);
  reader.settle();
  await reader.close();
});
