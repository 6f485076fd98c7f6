// How well the search finds what was judged to answer: tests/search/queries.yaml.
//
// Three figures, each the mean over the queries that have an answer:
// - hit@5: whether one of the first five results answers;
// - recall@10: which share of the answers the first ten results meet, of ten where there are more;
// - nDCG@10: how early the results that answer stand, each counted once and alike, against the best order.
//
// What editors list as asked of clauses and questions (`asked`) was written from the texts, without sight
// of this list. The ranking was tuned on the queries at even places of the file, counted from 0, and those at odd
// places were looked at in sum alone: their figures say what to expect of queries that nobody foresaw.
//
// Only clauses count as results. A result leads to the items that it names, or else to the clause.
// An answer that names a clause is met by a link to it or to any of its items. One that names an item is
// met by a link to that item, or to one nested in it, and not, as the head of the list allows, by one
// to the clause: this is stricter, and says whether the search leads to the place itself.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { asker, known, lengths, onlyInWays, places, results, rows } from "./asking.mjs";
import { plain } from "./plain.mjs";
import { ON_DISK } from "./site.mjs";

const queries = parse(readFileSync(new URL("../search/queries.yaml", import.meta.url), "utf8"));
const own = asker(ON_DISK);
const { index, words } = own;
const facets = await index.facets();
const length = lengths(places(ON_DISK));

/** The id of a clause from the address of its page, or of its place in a whole text. */
const clauseOf = (href) => {
  const [, authority, clause] =
    /authorities\/([^/]+)\/clauses\/([^/]+)\//.exec(href) ?? /authorities\/([^/]+)\/protocol\/.*#clause-(.+)$/.exec(href);
  return `${authority}/${clause}`;
};
const itemOf = (anchor) => anchor.replace(/^item-|^clause-.+_/, "");

/** Where a result leads to. */
async function links(result, words) {
  const [, , , href, passages] = await index.row(result.document);
  const clause = clauseOf(href);
  const items = (await index.passagesOf(result, words)).map((at) => passages[at][0]).filter(Boolean);
  return items.length ? items.map((it) => `${clause}/${itemOf(it)}`) : [clause];
}
const meets = (link, answer) => {
  const namesItem = answer.split("/").length === 3;
  return link === answer || link.startsWith(answer + (namesItem ? "." : "/"));
};

const ways = {
  ask: async (query) => {
    const answer = await index.ask(query);
    return { results: results(answer), words: answer.words };
  },
  plain: async (query) => {
    const results = (await plain(own, query, length)).map(([document]) => ({ document }));
    return { results, words: words.words(query) };
  },
};

/** The first ten clauses that a way of asking finds, each by its links. */
async function firstTen(way, query) {
  const answer = await ways[way](query);
  const clauses = answer.results.filter((it) => facets.documents[it.document][0] === 0).slice(0, 10);
  return Promise.all(clauses.map((it) => links(it, answer.words)));
}

const sum = (numbers) => numbers.reduce((sum, it) => sum + it, 0);
const gain = (at) => 1 / Math.log2(at + 2);
function judge(found, answers) {
  const isAnswer = (links) => links.some((link) => answers.some((it) => meets(link, it)));
  const met = answers.filter((answer) => found.flat().some((link) => meets(link, answer))).length;
  const clauses = new Set(answers.map((it) => it.split("/").slice(0, 2).join("/"))).size;
  const best = sum(Array.from({ length: Math.min(10, clauses) }, (_, at) => gain(at)));
  return {
    hit: found.slice(0, 5).some(isAnswer) ? 1 : 0,
    recall: Math.min(1, met / Math.min(10, answers.length)),
    ndcg: sum(found.map((it, at) => (isAnswer(it) ? gain(at) : 0))) / best,
  };
}

async function figures(way) {
  const sets = new Map([["all", []], ["tuned on", []], ["held out", []]]);
  for (const [at, { query, kind, answers }] of queries.entries()) {
    if (!answers.length) continue;
    const judged = judge(await firstTen(way, query), answers);
    for (const it of ["all", at % 2 ? "held out" : "tuned on", kind]) sets.set(it, [...(sets.get(it) ?? []), judged]);
  }
  const mean = (of, figure) => sum(of.map((it) => it[figure])) / of.length;
  return new Map(
    [...sets].map(([name, of]) => [
      name,
      { queries: of.length, hit: mean(of, "hit"), recall: mean(of, "recall"), ndcg: mean(of, "ndcg") },
    ]),
  );
}

const judged = Object.fromEntries(await Promise.all(Object.keys(ways).map(async (it) => [it, await figures(it)])));

test("the judged set is found well enough", (t) => {
  for (const [way, sets] of Object.entries(judged)) {
    t.diagnostic(`${way.padEnd(14)} queries  hit@5  recall@10  nDCG@10`);
    for (const [name, { queries, hit, recall, ndcg }] of sets) {
      const figures = [hit, recall, ndcg].map((it) => it.toFixed(3));
      t.diagnostic(`${name.padEnd(14)} ${String(queries).padStart(7)}  ${figures[0]}  ${figures[1].padStart(9)}  ${figures[2].padStart(7)}`);
    }
  }
  const { hit, recall, ndcg } = judged.ask.get("all");
  assert.ok(hit >= 0.98, `hit@5 ${hit}`);
  assert.ok(ndcg >= 0.9, `nDCG@10 ${ndcg}`);
  assert.ok(recall >= 0.95, `recall@10 ${recall}`);
});

test("the search finds more than elasticlunr's ranking alone, and in a better order", () => {
  for (const figure of ["hit", "recall", "ndcg"]) {
    const [ask, plain] = [judged.ask, judged.plain].map((it) => it.get("all")[figure]);
    assert.ok(ask > plain, `${figure}: ${ask}, and ${plain} by the ranking alone`);
  }
});

test("nothing is found for a query of words that stand nowhere", async () => {
  const stands = known(ON_DISK);
  const unknown = queries.filter(({ kind, query }) => kind === "none" && words.tokens(query).every((it) => !stands.has(it)));
  assert.ok(unknown.length > 0);
  for (const { query } of unknown) {
    const answer = await index.ask(query);
    assert.deepEqual([results(answer), answer.slips], [[], []], query);
    assert.deepEqual(answer.missing, words.words(query).map((it) => it.word), query);
  }
});

test("where nothing answers, a word that stands nowhere is named, and no result passes for one that has it", async () => {
  let named = 0;
  for (const { query } of queries.filter(({ kind }) => kind === "none")) {
    const answer = await index.ask(query);
    if (!answer.missing.length) continue;
    named += 1;
    assert.deepEqual(results(answer).filter((it) => it.all), [], query);
  }
  assert.ok(named > 0);
});

test("what the editors list as asked of a clause leads to it, and the result shows why", async (t) => {
  const all = rows(ON_DISK).flatMap(([, , , , passages, , , , asks = []], document) =>
    [...asks, ...passages.flatMap(([, , , , its = []]) => its)].map((query) => ({ query, document })),
  );
  const tokensOf = words.tokens;
  const [missed, silent] = [[], []];
  for (const { query, document } of all) {
    const answer = await index.ask(query);
    const found = results(answer).slice(0, 10).find((it) => it.document === document);
    if (!found) missed.push(query);
    else if (!(await index.askedAs(found))) {
      const [name, headings, , , passages] = await index.row(document);
      const stands = new Set([name, headings, ...passages.map(([, , text]) => text)].flatMap(tokensOf));
      const said = (await index.sayings(found)).map(([concept]) => found.how.reasons(document).get(concept));
      const reasons = answer.words.filter(({ word, token }) => stands.has(token) || said.includes(word));
      if (!reasons.length) silent.push(query);
    }
  }
  t.diagnostic(`${all.length} are asked, of which ${missed.length} do not lead there`);
  assert.ok(missed.length < all.length / 20, missed.join("\n"));
  assert.deepEqual(silent, []);
});

test("a word that only the ways to ask a question have stands nowhere, and leads to what answers it", async () => {
  const ofWays = onlyInWays(ON_DISK);
  assert.ok(ofWays.length > 0);
  let led = 0;
  for (const token of ofWays) {
    const answer = await index.ask(token);
    // A token is no word, and may be cut again.
    if (words.tokens(token)[0] !== token) continue;
    assert.deepEqual(answer.missing, [token]);
    assert.deepEqual(results(answer).filter((it) => it.some), [], token);
    led += answer.documents.length > 0;
  }
  assert.ok(led > 0);
});
