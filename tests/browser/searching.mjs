// What a reader of the page of the search does and sees.

/** What the page tells of its results. */
export const told = (page) => page.locator("#told").textContent();

/** How many results that says there are. */
export const counted = (told) =>
  [...told.matchAll(/(\d+) (?:results?|with some|on the same)/g)].reduce((sum, [, number]) => sum + Number(number), 0);

/** Waits until the page has answered this query, and no other. */
export async function answered(page, query) {
  await page.waitForFunction(
    (query) => {
      const asked = new URLSearchParams(location.search).get("q");
      const begun = document.title.startsWith(`${query}: search`);
      const isDone = ["results", "choices"].every((it) => document.getElementById(it)?.ariaBusy === "false");
      return asked === query && begun && isDone;
    },
    query,
    { timeout: 20_000 },
  );
}

/** Asks, and waits for the answer. */
export async function asked(page, query) {
  await page.locator("#q").fill(query);
  await page.locator("#q").press("Enter");
  await answered(page, query);
}

/** The first result that leads to such an address. */
export const firstTo = (page, address) => page.locator(`#results .title a[href*="${address}"]`).first();
