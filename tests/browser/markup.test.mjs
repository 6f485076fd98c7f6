// The Nu Html Checker over every page, style sheet and drawing of both sites.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { files, ON_DISK, ON_WEB } from "./site.mjs";

// The package exports where its .jar stands.
const jar = String(createRequire(import.meta.url)("vnu-jar"));

/** Warnings that are known and meant, with the reason. All others count as faults. */
const MEANT = [
  // Safari stops saying "list" to who listens where a list shows no bullets, unless it is told so.
  { message: /^The “list” role is unnecessary for element “[uo]l”\.$/ },
  // Judged from the disk, where 'self' is no host; that each style and script arrives from the
  // disk and from a host, the tests of faults and places see.
  { message: /^Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) / },
  // What is no program is not run, so that no policy keeps it from search engines.
  { message: /^Inline script violates Content Security Policy/, extract: /<script type="application\/ld\+json">/ },
];

const isMeant = (it) =>
  it.subType === "warning" && MEANT.some(({ message, extract }) => message.test(it.message) && (!extract || extract.test(it.extract)));

// One run for both sites, since Java warms up for seconds. The stack is what the checker asks for
// with the quick compiler, which pays off in so short a run.
const JAVA = ["-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar];
const CHECKER = ["--also-check-css", "--also-check-svg", "--format", "json", "--stdout", "--exit-zero-always"];

test("the checker finds no error, and no warning that is not meant, in either site", async () => {
  const all = [ON_DISK, ON_WEB].flatMap((site) => files(site, ".html", ".css", ".svg").map((it) => join(site, it)));
  assert.ok(all.length > 0);
  const { stdout } = await promisify(execFile)("java", [...JAVA, ...CHECKER, ...all], { maxBuffer: 1 << 30 });

  const told = new Map();
  const messages = JSON.parse(stdout).messages.filter((it) => !isMeant(it));
  for (const { type, subType, message, url, lastLine, extract } of messages) {
    const key = `${subType ?? type}: ${message}`;
    const before = told.get(key);
    const first = `first in ${url?.replace(/^file:/, "")}, line ${lastLine}: ${extract?.trim()}`;
    told.set(key, { count: (before?.count ?? 0) + 1, first: before?.first ?? first });
  }
  const lines = [...told].map(([key, { count, first }]) => `${key}\n  ${count} times, ${first}`);
  assert.ok(lines.length === 0, `${lines.length} kinds of message\n${lines.join("\n")}`);
});
