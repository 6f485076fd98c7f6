// Who compares councils chooses which, and in what order; the address keeps the choice.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { disk, newReader, openBrowser, painted, said, TOPIC, web } from "./site.mjs";

const browser = await openBrowser();
const host = await web();

const ALL = ["kensington-and-chelsea", "kent", "london-councils", "westminster"];
const NAMES = {
  "kensington-and-chelsea": "Kensington and Chelsea",
  "kent": "Kent",
  "london-councils": "London Councils",
  "westminster": "Westminster",
};

/** A reader before the comparison, at `query`, with the chooser open if there is one. */
async function comparing(query = "", settings = {}) {
  const reader = await newReader(browser, { reducedMotion: "reduce", ...settings });
  const { place = disk } = settings;
  const page = reader.page;
  await page.goto(place.address(TOPIC) + query);
  reader.settle();
  const chooser = page.locator("details.chooser");
  if (settings.javaScript !== false) {
    await chooser.waitFor({ timeout: 2000 });
    if (!(await chooser.evaluate((it) => it.open))) await chooser.locator("summary").click();
  }
  const box = (council) => page.locator(`.chooser input[name=council][value=${council}]`);
  const button = (council, way) => page.getByRole("button", { name: `Move ${NAMES[council]} ${way}`, exact: true });
  return { ...reader, chooser, box, button, query: () => new URL(page.url()).searchParams };
}

/** The councils that are shown, in the order of the columns, which is the same in every row. */
async function shown(page) {
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll("table.comparison tbody tr")]
      .filter((it) => it.checkVisibility())
      .map((row) => [...row.cells].filter((it) => it.matches("td[id]") && it.checkVisibility()).map((it) => it.id.split("_").pop())),
  );
  assert.ok(rows.length > 0, "no row is shown");
  for (const row of rows) assert.deepEqual(row, rows[0], "the same order in every row");

  const headings = await page.evaluate(() =>
    [...document.querySelectorAll("table.comparison thead th")]
      .filter((it) => it.checkVisibility())
      .map((it) => it.querySelector("a[href*='authorities/']")?.getAttribute("href").match(/authorities\/([^/]+)\//)[1])
      .filter(Boolean),
  );
  if (headings.length > 0) assert.deepEqual(headings, rows[0], "the headings stand over their cells");
  return rows[0];
}

test("without scripts all councils stand side by side, and nothing is offered that does nothing", async () => {
  const reader = await comparing("?councils=kent", { javaScript: false });
  assert.deepEqual(await shown(reader.page), ALL);
  assert.equal(await reader.chooser.count(), 0);
  await reader.close();
});

test("the chooser stands before the table and offers every council", async () => {
  const reader = await comparing();
  const { page, chooser } = reader;
  const before = await chooser.evaluate(
    (it) => it.compareDocumentPosition(document.querySelector("table.comparison")) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  assert.ok(before);
  for (const council of ALL) {
    assert.ok(await reader.box(council).isChecked(), council);
    const label = await reader.box(council).evaluate((it) => it.labels[0].innerText);
    assert.match(label, new RegExp(NAMES[council]));
    for (const way of ["earlier", "later"]) {
      const button = reader.button(council, way);
      assert.equal(await button.count(), 1, `${council} ${way}`);
      assert.ok(await button.evaluate((it, way) => it.matches(`.${way}`), way));
    }
  }
  const silent = page.getByRole("checkbox", { name: /^hide/i });
  assert.equal(await silent.getAttribute("name"), "silent");
  assert.equal(await chooser.locator("button.all").count(), 1);
  assert.equal(await chooser.locator("button.reset").count(), 1);
  assert.deepEqual(await shown(page), ALL);
  assert.equal(new URL(page.url()).search, "", "nothing was chosen yet");
  await reader.close();
});

for (const place of [disk, host]) {
  describe(place.name, () => {
    test("a council that is not ticked goes from every row, and the address says so", async () => {
      const reader = await comparing("", { place });
      await reader.box("westminster").uncheck();
      await reader.box("kensington-and-chelsea").uncheck();
      assert.deepEqual(await shown(reader.page), ["kent", "london-councils"]);
      assert.equal(reader.query().get("councils"), "kent,london-councils");
      await said(reader.page, /\b(2|two)\b/i);

      await reader.page.reload();
      assert.deepEqual(await shown(reader.page), ["kent", "london-councils"], "read again");
      reader.settle();
      await reader.close();
    });

    test("an address applies the choice it holds", async () => {
      const reader = await comparing("?councils=london-councils,kent&silent=hide", { place });
      assert.deepEqual(await shown(reader.page), ["london-councils", "kent"]);
      assert.deepEqual(await Promise.all(ALL.map((it) => reader.box(it).isChecked())), [false, true, true, false]);
      assert.ok(await reader.page.locator("input[name=silent]").isChecked());
      reader.settle();
      await reader.close();
    });

    test("the words that an address points at are shown, whichever councils are chosen", async () => {
      const reader = await comparing("?councils=kent#aspect-level_london-councils", { place });
      const { page } = reader;
      const target = page.locator("#aspect-level_london-councils");
      await target.waitFor({ timeout: 2000 });
      const { y } = await target.boundingBox();
      assert.ok(y >= 0 && y < 900, `its top is in the window, at ${y}`);
      assert.ok((await shown(page)).includes("kent"));
      assert.ok((await shown(page)).includes("london-councils"));

      await page.evaluate(() => (location.hash = "#aspect-level_kensington-and-chelsea"));
      await page.locator("#aspect-level_kensington-and-chelsea").waitFor({ timeout: 2000 });
      reader.settle();
      await reader.close();
    });
  });
}

for (const width of [1280, 320]) {
  test(`a council moves by the keys, and the focus with its button, at ${width} pixels`, async () => {
    const reader = await comparing("", { width });
    const { page, button } = reader;
    const press = async (council, way) => {
      await button(council, way).focus();
      await page.keyboard.press("Enter");
      await painted(page);
    };
    await press("london-councils", "earlier");
    assert.deepEqual(await shown(page), ["kensington-and-chelsea", "london-councils", "kent", "westminster"]);
    const stays = await button("london-councils", "earlier").evaluate((it) => it === document.activeElement);
    assert.ok(stays, "the focus stays, so that it can be pressed again");
    await page.keyboard.press("Enter");
    await painted(page);
    assert.deepEqual(await shown(page), ["london-councils", "kensington-and-chelsea", "kent", "westminster"]);
    await said(page, /4|four/i);

    const lost = await page.evaluate(() => document.activeElement === document.body);
    assert.ok(!lost, "the focus is not lost, though the first can go no earlier");
    if (await button("london-councils", "earlier").isEnabled()) await press("london-councils", "earlier");
    assert.equal((await shown(page))[0], "london-councils", "the first stays the first");
    await press("kensington-and-chelsea", "later");
    assert.deepEqual(await shown(page), ["london-councils", "kent", "kensington-and-chelsea", "westminster"]);
    assert.equal(reader.query().get("councils"), "london-councils,kent,kensington-and-chelsea,westminster");

    if (width === 320) {
      // The cells follow one another down the page in the order chosen.
      const tops = await page.evaluate(() =>
        [...document.querySelector("table.comparison tbody tr").querySelectorAll("td[id]")].map((it) => it.getBoundingClientRect().top),
      );
      assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
      assert.ok(new Set(tops).size === tops.length, "one under another");
    }
    reader.settle();
    await reader.close();
  });
}

test("all the choices can be made without a mouse", async () => {
  const reader = await newReader(browser, { reducedMotion: "reduce" });
  const page = await reader.open(TOPIC);
  await page.locator("details.chooser > summary").focus();
  if (!(await page.locator("details.chooser").evaluate((it) => it.open))) await page.keyboard.press("Enter");
  const met = new Set();
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press("Tab");
    const [inside, name] = await page.evaluate(() => {
      const it = document.activeElement;
      return [Boolean(it.closest(".chooser")), it.value && it.name ? `${it.name} ${it.value}` : it.name || it.className];
    });
    if (!inside) break;
    met.add(name);
    if (name === "council westminster") await page.keyboard.press("Space");
  }
  for (const council of ALL) assert.ok([...met].some((it) => it === `council ${council}`), council);
  assert.ok([...met].some((it) => /^silent/.test(it)));
  for (const kind of ["earlier", "later", "all", "reset"]) assert.ok([...met].some((it) => it.includes(kind)), kind);
  assert.deepEqual(await shown(page), ALL.slice(0, 3));
  reader.settle();
  await reader.close();
});

test("where no text held here speaks is hidden when the reader asks so, and nothing else", async () => {
  const reader = await comparing();
  const { page } = reader;
  // Words of a report about a text that is not held are no words of that text.
  const rows = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("table.comparison tbody tr")].map((row) => ({
        id: row.id,
        shown: row.checkVisibility(),
        speaks: [...row.querySelectorAll("td .words")].some((it) => !it.closest(".described") && it.closest("td").checkVisibility()),
      })),
    );
  const before = await rows();
  assert.ok(before.every((it) => it.shown));
  await page.locator("input[name=silent]").check();
  const speaking = new Set(before.filter((it) => it.speaks).map((it) => it.id));
  const after = await rows();
  for (const row of after.filter((it) => speaking.has(it.id))) assert.ok(row.shown, `${row.id} speaks`);
  for (const row of after.filter((it) => !speaking.has(it.id))) assert.ok(!row.shown, `${row.id} is silent`);
  assert.equal(reader.query().get("silent"), "hide");
  await page.locator("input[name=silent]").uncheck();
  assert.deepEqual(await rows(), before);
  assert.equal(reader.query().get("silent"), null);
  reader.settle();
  await reader.close();
});

test("a link to a question, or to an answer, shows its row where silent ones are hidden", async () => {
  for (const hash of ["", "#aspect-seven-principles_kent"]) {
    const reader = await newReader(browser, { reducedMotion: "reduce" });
    const page = reader.page;
    await page.goto(`${disk.address("/topics/principles-and-values/")}?councils=kent,london-councils&silent=hide${hash}`);
    if (!hash) await page.locator('a[href="#aspect-seven-principles"]').first().click();
    const row = page.locator("#aspect-seven-principles");
    await row.waitFor({ timeout: 2000 });
    const { y } = await row.boundingBox();
    assert.ok(y < 900, `its top is in the window, at ${y}`);
    reader.settle();
    await reader.close();
  }
});

test("one button shows all councils again, another undoes every choice", async () => {
  const reader = await comparing("?councils=westminster,kent&silent=hide");
  const { page, chooser } = reader;
  await chooser.locator("button.all").click();
  assert.deepEqual(new Set(await shown(page)), new Set(ALL));
  await chooser.locator("button.reset").click();
  assert.deepEqual(await shown(page), ALL);
  assert.ok(!(await page.locator("input[name=silent]").isChecked()));
  assert.equal(new URL(page.url()).search, "");
  await said(page, /4|four|all/i);
  reader.settle();
  await reader.close();
});

test("an address that names no council of these shows them all, and one unknown among them is passed over", async () => {
  for (const [query, councils] of [
    ["?councils=atlantis", ALL],
    ["?councils=", ALL],
    ["?councils=kent,atlantis,kent", ["kent"]],
    ["?councils=%3Cscript%3E&silent=perhaps", ALL],
    ["?other=1", ALL],
  ]) {
    const reader = await comparing(query);
    assert.deepEqual(await shown(reader.page), councils, query);
    reader.settle();
    await reader.close();
  }
});

test("the words in the cells are the same in whatever order they stand", async () => {
  const words = (page) =>
    page.evaluate(() => [...document.querySelectorAll("table.comparison td[id]")].map((it) => `${it.id} ${it.innerHTML}`).sort());
  const asBuilt = await comparing();
  const moved = await comparing("?councils=westminster,london-councils,kent,kensington-and-chelsea");
  assert.deepEqual(await shown(moved.page), [...ALL].reverse());
  assert.deepEqual(await words(moved.page), await words(asBuilt.page));
  await asBuilt.close();
  await moved.close();
});
