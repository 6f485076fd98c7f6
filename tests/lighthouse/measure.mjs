// What Lighthouse thinks of the site as a phone would get it from an ordinary host: a measurement
// to look at, not a gate, since the first of its figures varies with the machine.
//
//   npm ci --ignore-scripts && npm run measure -- SITE
//
// SITE is a folder built with --base-url https://handbook.example/sub/path/; HANDBOOK_SITE_ON_WEB
// may name it too, CHROMIUM the browser. Nothing but loopback is reached.
//
// "robots.txt is not valid" says only that the page's own policy keeps Lighthouse from asking for
// it: with `connect-src 'self'` added to a copy of the site the remark goes, and SEO is at 100.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { serve } from "../browser/serve.mjs";

const PAGES = {
  "home": "",
  "an edition": "authorities/kent/protocol/2013-05-23/",
  "a topic": "topics/contact-and-enquiries/",
  "the topics": "topics/",
  "a clause": "authorities/kent/clauses/9.4/",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const site = process.argv[2] ?? process.env.HANDBOOK_SITE_ON_WEB;
if (!site) {
  console.error("usage: npm run measure -- SITE");
  process.exit(2);
}

const host = await serve(site);
const browser = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});

const figures = {};
const remarks = new Map();
try {
  for (const [name, address] of Object.entries(PAGES)) {
    // The preset for phones: a slow processor and a slow line, simulated.
    const { lhr } = await lighthouse(host.root + address, {
      port: browser.port,
      output: "json",
      logLevel: "error",
      onlyCategories: CATEGORIES,
    });
    figures[name] = Object.fromEntries(CATEGORIES.map((it) => [it, Math.round(lhr.categories[it].score * 100)]));
    figures[name]["first words"] = lhr.audits["first-contentful-paint"].displayValue;
    figures[name]["largest part"] = lhr.audits["largest-contentful-paint"].displayValue;
    figures[name]["shift"] = lhr.audits["cumulative-layout-shift"].displayValue;
    for (const category of CATEGORIES.slice(1)) {
      for (const { id } of lhr.categories[category].auditRefs) {
        const { score, title } = lhr.audits[id];
        if (score !== null && score < 1) remarks.set(`${category}: ${title}`, [...(remarks.get(`${category}: ${title}`) ?? []), name]);
      }
    }
  }
} finally {
  browser.kill();
  host.close();
}

console.table(figures);
for (const [remark, where] of remarks) console.log(`${remark} (${where.join(", ")})`);
