// Pictures of every kind of page, for the eye: `npm run screenshots -- FOLDER`, or HANDBOOK_SHOTS.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { CLAUSE, EDITION, KINDS, launch, newReader, TOPIC, TOPICS } from "./site.mjs";

const folder = resolve(process.argv[2] ?? process.env.HANDBOOK_SHOTS ?? "../../target/screenshots");
const DARK = ["", EDITION, CLAUSE, TOPICS, TOPIC];
// What is longer than this the browser paints no more, but repeats.
const LONGEST = 16_000;

mkdirSync(folder, { recursive: true });
const browser = await launch();
let pictures = 0;

async function shoot(colorScheme, width) {
  const reader = await newReader(browser, { width, colorScheme });
  for (const [kind, address] of Object.entries(KINDS)) {
    if (colorScheme === "dark" && !DARK.includes(address)) continue;
    const page = await reader.open(address);
    const long = await page.evaluate(() => document.documentElement.scrollHeight);
    const name = `${kind.replaceAll(" ", "-")}-${width}${colorScheme === "dark" ? "-dark" : ""}.png`;
    await page.screenshot({
      path: join(folder, name),
      fullPage: true,
      animations: "disabled",
      ...(long > LONGEST && { clip: { x: 0, y: 0, width, height: LONGEST } }),
    });
    pictures++;
  }
  await reader.close();
}

try {
  await Promise.all([1280, 320].map(async (width) => {
    await shoot("light", width);
    await shoot("dark", width);
  }));
  console.log(`${pictures} pictures in ${folder}`);
} finally {
  await browser.close();
}
