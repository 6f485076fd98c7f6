// The index, and the ranking that is elasticlunr's own, against elasticlunr.js itself.
//
// HANDBOOK_ORACLE_SITES names the folders of other built sites, with colons between, to be compared as
// well: `cargo run --release --example generate -- 4000 DIR` writes a handbook to build one from.

import assert from "node:assert/strict";
import { basename } from "node:path";
import { before, describe, test } from "node:test";
import elasticlunr from "elasticlunr";
import { asker, lengths, places, rows } from "./asking.mjs";
import { BOOSTS, plain } from "./plain.mjs";
import { ON_DISK } from "./site.mjs";

const sites = [ON_DISK, ...(process.env.HANDBOOK_ORACLE_SITES ?? "").split(":").filter(Boolean)];
const FIELDS = ["heading", "words"];

const QUERIES = [
  "member", "officers", "the councillor", "may", "must not", "confidential information", "confidential report", "information",
  "political neutrality", "political group advice", "group leader", "chief executive", "monitoring officer advice",
  "monitoring officer and chief finance officer", "committee", "committee chairman", "scrutiny committee member", "access to documents",
  "access to information", "need to know", "data protection", "freedom of information", "press release", "media enquiries",
  "publicity before an election", "gifts and hospitality", "personal relationship", "close personal familiarity", "bullying",
  "bullying and harassment", "complaint about an officer", "complaint about a member", "disciplinary procedure", "respect",
  "mutual respect and trust", "local members consulted", "ward councillor", "visits", "correspondence copied", "email", "letters",
  "support services for members", "use of council resources", "staff appointment", "declaration of interest", "honesty", "integrity",
  "leadership", "openness and accountability", "who may attend a meeting", "decision", "delegated decision", "legal advice", "budget",
  "member member officer", "co-operation between members and officers", "5.03", "zzzz", "zzzz member", "the of and", "a", "offic memb inf",
];

/* elasticlunr fed with tokens that are ready. */
const ready = () => {
  const index = elasticlunr(function () {
    this.setRef("id");
    FIELDS.forEach((it) => this.addField(it));
    this.saveDocument(false);
  });
  index.pipeline.reset();
  return index;
};

/* What elasticlunr makes of a text that is already normal, with another stop list. */
const itsTokens = (stopWords) => (text) =>
  elasticlunr
    .tokenizer(text)
    .map(elasticlunr.trimmer)
    .filter((it) => it && !stopWords.has(it))
    .map(elasticlunr.stemmer);

const counts = (tokens) => {
  const counts = new Map();
  for (const it of tokens) counts.set(it, (counts.get(it) ?? 0) + 1);
  return counts;
};

/* Where two rankings differ: in what they find, in its score, or in the order of scores that differ. */
function difference(ours, theirs) {
  if (ours.length !== theirs.length) return `${ours.length} results, and ${theirs.length} by elasticlunr`;
  const expected = new Map(theirs.map((it) => [Number(it.ref), it.score]));
  for (const [at, [document, score]] of ours.entries()) {
    if (!expected.has(document)) return `document ${document} is not found by elasticlunr`;
    if (Math.abs(expected.get(document) - score) >= 1e-9) return `document ${document}: ${score}, and ${expected.get(document)} by elasticlunr`;
    // Sums of the same numbers in another order may change places; nothing else may.
    if (Math.abs(theirs[at].score - score) >= 1e-9) return `place ${at}: document ${document}, and ${theirs[at].ref} by elasticlunr`;
  }
  return null;
}

for (const site of sites) {
  describe(`the index of ${site === ON_DISK ? "the handbook" : basename(site)}`, () => {
    const own = asker(site);
    const { index, words } = own;
    const postings = places(site);
    const length = lengths(postings);
    const oracle = ready();
    let its;

    before(async () => {
      its = await index.manifest();
      const documents = Array.from({ length: its.n }, (_, id) => ({ id, heading: [], words: [] }));
      for (const [token, field, document, count] of postings) {
        for (let i = 0; i < count; i += 1) documents[document][FIELDS[field]].push(token);
      }
      for (const it of documents) oracle.addDoc(it);
    });

    test("each field is as long as its class says, each token stands as often and weighs as much", async (t) => {
      const differ = [];
      const averages = FIELDS.map((_, field) => {
        const all = Array.from({ length: its.n }, (_, document) => length(field, document)).filter(Boolean);
        return all.reduce((sum, it) => sum + it, 0) / all.length;
      });
      for (const [token, field, document, count, its] of postings) {
        const [name, places] = [FIELDS[field], oracle.index[FIELDS[field]]];
        const long = oracle.documentStore.getFieldLength(document, name);
        const same =
          long === length(field, document) &&
          [0.5, 1, 2].filter((it) => long / averages[field] > it).length === its &&
          places.getTermFrequency(token, document) === Math.sqrt(count);
        if (!same) differ.push([token, name, document]);
      }
      t.diagnostic(`${its.n} documents, ${postings.length} places`);
      assert.ok(postings.length > its.n);
      assert.deepEqual(differ.slice(0, 5), []);
    });

    test("the words of each document are those that elasticlunr makes of what is shown of it", () => {
      const tokens = itsTokens(words.STOP_WORDS);
      const ofWords = Array.from({ length: its.n }, () => new Map());
      for (const [token, field, document, count] of postings) if (FIELDS[field] === "words") ofWords[document].set(token, count);
      for (const [document, [, , , , passages]] of rows(site).entries()) {
        const shown = tokens(words.normal(passages.map(([, , it]) => it).join(" ")));
        assert.deepEqual([...ofWords[document]].sort(), [...counts(shown)].sort(), `document ${document}`);
      }
    });

    for (const and of [false, true]) {
      for (const expand of [false, true]) {
        for (const boosts of [[1, 1], BOOSTS, [0, 3]]) {
          const way = `${and ? "all words" : "any word"}${expand ? ", and words that begin so" : ""}`;
          const weights = { "1,1": "without boosts", "0,3": "with a field that does not count" }[boosts] ?? "with its boosts";
          test(`asked for ${way}, ${weights}, it answers as elasticlunr does`, async (t) => {
            const fields = Object.fromEntries(FIELDS.map((it, at) => [it, { boost: boosts[at] }]));
            let found = 0;
            for (const query of QUERIES) {
              const ours = await plain(own, query, length, { and, expand, boosts });
              const theirs = oracle.search(words.tokens(query), { bool: and ? "AND" : "OR", expand, fields });
              assert.equal(difference(ours, theirs), null, query);
              if (ours.length) found += 1;
            }
            t.diagnostic(`${QUERIES.length} queries, of which ${found} find something`);
            assert.ok(found > 40, `${found} find something`);
          });
        }
      }
    }
  });
}
