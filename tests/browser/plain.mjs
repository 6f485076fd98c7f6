// The ranking that elasticlunr would give to our index: what ours is compared with.

/* The fields of words, as `site::search::index` numbers them. */
const HEADING = 0, WORDS = 1;

/** How much each field of words weighs. */
export const BOOSTS = [2, 1];

/** elasticlunr's score of a token in one field of one document. */
const weight = (n, documents, count, length) =>
  (Math.sqrt(count) * (1 + Math.log(n / (documents.length + 1)))) / Math.sqrt(length || 1);

/**
 * elasticlunr's ranking of our index, without anything of ours: field by field, a word in one field,
 * the share of the words that a field has counted in; [[document, score], …], the best first.
 * `words` makes words of a text; `length(field, document)` gives what the index holds in classes
 * alone: how many tokens there are.
 */
export async function plain({ index, words }, query, length, { and = false, expand = false, boosts = BOOSTS } = {}) {
  const its = await index.manifest();
  const asked = words.tokens(query);
  const total = new Map();
  for (let field = HEADING; field <= WORDS; field += 1) {
    const boost = boosts[field];
    if (!boost) continue;
    let scores = null;
    const exact = new Map();
    for (const token of asked) {
      const keys = expand ? await index.beginning(token) : [[token, (await index.entryOf(token)).fields]];
      const ofToken = new Map();
      for (const [key, fields] of keys) {
        const { documents, counts } = fields.get(field) ?? index.NOWHERE;
        for (const [at, document] of documents.entries()) {
          if (and && scores && !scores.has(document)) continue;
          if (key === token) exact.set(document, (exact.get(document) ?? 0) + 1);
          const penalty = key === token ? 1 : (1 - (key.length - token.length) / key.length) * 0.15;
          ofToken.set(document, (ofToken.get(document) ?? 0) + weight(its.n, documents, counts[at], length(field, document)) * penalty);
        }
      }
      if (!scores) scores = ofToken;
      else if (and) {
        scores = new Map([...ofToken].filter(([it]) => scores.has(it)).map(([it, score]) => [it, scores.get(it) + score]));
      } else for (const [it, score] of ofToken) scores.set(it, (scores.get(it) ?? 0) + score);
    }
    for (const [it, score] of scores ?? []) {
      const shared = exact.has(it) ? (score * exact.get(it)) / asked.length : score;
      total.set(it, (total.get(it) ?? 0) + shared * boost);
    }
  }
  return [...total].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
