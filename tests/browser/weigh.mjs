// Prints for built sites how much is loaded before the first results of a search, over the judged
// queries: `node weigh.mjs SITE …`. See weighing.mjs for what is counted.
//
// A site of any size is built from `cargo run --release --example generate -- 40000 DIR`.

import { basename } from "node:path";
import { ofScripts, quantile, weighed } from "./weighing.mjs";

for (const site of process.argv.slice(2)) {
  const all = await weighed(site);
  const [bytes, parts] = [all.map((it) => it.bytes), all.map((it) => it.parts.length)];
  const figures = (of) => `median ${quantile(of, 0.5)}, 95 of 100 up to ${quantile(of, 0.95)}, most ${quantile(of, 1)}`;
  console.log(`${basename(site)}: ${all.length} queries; ${ofScripts(site)} bytes are the scripts`);
  console.log(`  bytes: ${figures(bytes)}`);
  console.log(`  parts: ${figures(parts)}`);
  for (const { query, bytes, parts } of all.slice(-3).reverse()) console.log(`  ${bytes} for “${query}”: ${parts.join(" ")}`);
}
