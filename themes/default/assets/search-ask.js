/* The search of a reader: what words stand for, how well documents fit, which results come first.

   Nothing here touches the page, so that tests ask the very same code. */
"use strict";
(() => {
  const { words: wordsOf, tokens, token: tokenOf, label: labelOf } = globalThis.handbookWords;
  /* What is shown of a result is read for several reasons, and again at each letter. */
  const read = new Map();
  const tokensOf = (text) => {
    if (!read.has(text)) read.set(text, tokens(text));
    return read.get(text);
  };

  /* Fields, as `site::search::index` numbers them. */
  const WORDS = 1, BORNE = 2, LABELS = 3, ASKED = 4, TAGS = 5, WAYS = 6, SEARCHED = [0, WORDS, BORNE];
  /* How much less another word for the same thing counts, and a word with a slip in it. */
  const CONCEPT = 0.8, SLIP = 0.7;
  /* Words that a question has and an answer has not: they count for little, and a text that lacks
     them lacks nothing. */
  const LIGHT = new Set(
    `against also anybody anyone ask do else ever everyone get go got just make many mean much own really somebody someone
     still take talk tell too use want who whom whose`.split(/\s+/),
  );
  const LIGHTLY = 0.3;
  /* BM25: how soon more of a word says no more, how much a long text counts for less. */
  const K = 1.2, LONG = 0.35;
  /* What it counts for that editors name a word among what readers ask; and a question that is asked
     much like one of the ways to ask it: how many of these, how near they are to the nearest. */
  const AMONG_ASKED = 0.3, LIKE_ASKED = 0.3, MOST_ASKED = 3, LEAST_LIKE = 0.4, NEAR_LIKEST = 0.5;
  /* What tags count for: those whose own words fit, if they have so many of the words, and those
     that most of the first results bear. */
  const FITTING = 0.15, LEAST = 0.67, NEAR_BEST = 0.4, MOST_FITTING = 3;
  const SHARED = 0.2, FIRST = 10, MOST_SHARED = 2, OF_ITEM = 2;
  /* What it counts for that readers ask a word of an item; how near to the best item others are that
     are named beside it. */
  const ASKED_OF_ITEM = 0.3, BESIDE = 0.5;
  /* From how many letters a last word that is still being typed finds longer ones. */
  const FROM_LETTERS = (documents) => (documents > 10000 ? 4 : 3);

  globalThis.handbookAsk = (load) => {
    const index = globalThis.handbookParts(load);
    const { manifest, part, NONE, NOWHERE, entryOf, documentsOf, beginning, row, tagsOf } = index;

    const rarity = (all, some) => Math.log(1 + (all - some + 0.5) / (some + 0.5));
    const rarityOf = ({ n }, fields) => rarity(n, Math.max(...SEARCHED.map((it) => (fields.get(it) ?? NOWHERE).documents.length), 1));
    /* How much it says that a field has a token so often: less with each time, and less in a long
       field. */
    const often = (count, length) => (count * (K + 1)) / (count + K * (1 - LONG + LONG * length));

    /* How much an entry says of each document that it names, whatever it counts for: [documents, how much,
       whether it stands in what is the document's own and not only in what editors list as asked of it].
       This is the same at every letter that is typed, and is reckoned once. */
    const spreads = new WeakMap();
    const spreadOf = ({ fields }, its, lengths) => {
      if (spreads.has(fields)) return spreads.get(fields);
      const lists = [...SEARCHED, ASKED].map((field) => [field, fields.get(field) ?? NOWHERE]);
      const most = lists.reduce((sum, [, { documents }]) => sum + documents.length, 0);
      const [documents, says, own] = [new Uint32Array(most), new Float64Array(most), new Uint8Array(most)];
      // Where each document stands in the list, from 1; 0 for one that does not.
      const places = most ? new Uint32Array(its.n) : [];
      let many = 0;
      for (const [field, list] of lists) {
        const long = lengths[field];
        for (let i = 0; i < list.documents.length; i += 1) {
          const document = list.documents[i];
          if (!places[document]) {
            documents[many] = document;
            many += 1;
            places[document] = many;
          }
          const at = places[document] - 1;
          says[at] += field === ASKED ? AMONG_ASKED : long ? often(list.counts[i], long[document]) : 1;
          if (field !== ASKED) own[at] = 1;
        }
      }
      const spread = [documents.subarray(0, many), says, own];
      spreads.set(fields, spread);
      return spread;
    };

    /* What of a document's own has a word: anything that it may be read as, and the word itself. */
    const [STANDS, ITSELF] = [1, 2];
    /* How well each document fits a word, read in that of these ways that fits best, and why: 1 + the
       concept for which it was found, 0 for the word itself. `own` says what of its own has the word, none
       where only what editors list as asked has it. */
    const fitOf = (readings, its, lengths) => {
      /* Who asks for councillors asks for members too, and no council's word counts for more
         because fewer councils use it: a word is as rare as what it stands for. */
      const ofTerms = readings.filter(([, , concept]) => concept < its.terms);
      const commonest = Math.min(...ofTerms.map(([, { fields }]) => rarityOf(its, fields)));
      const fit = { best: new Float64Array(its.n), why: new Uint32Array(its.n), own: new Uint8Array(its.n) };
      for (const [factor, entry, concept = -1] of readings) {
        fitBest(fit, spreadOf(entry, its, lengths), factor * Math.min(rarityOf(its, entry.fields), commonest), concept);
      }
      return fit;
    };
    const fitBest = ({ best, why, own }, [documents, says, owns], weight, concept) => {
      for (let i = 0; i < documents.length; i += 1) {
        const document = documents[i];
        // Where the word itself stands, that is why.
        if (owns[i]) own[document] |= concept < 0 ? STANDS | ITSELF : STANDS;
        const score = weight * says[i];
        if (score <= best[document]) continue;
        best[document] = score;
        if (!(own[document] & ITSELF)) why[document] = concept + 1;
      }
    };

    /* What was asked for: words in quotation marks, an authority that is named, a label, words. */
    const parse = (query, its) => {
      const phrases = [...query.matchAll(/["“]([^"”]+)["”]/g)].map((it) => tokensOf(it[1])).filter((it) => it.length);
      const small = query.toLowerCase();
      const spaced = ` ${small.replace(/[^\p{Alphabetic}\p{N}]+/gu, " ")} `;
      const authority = its.names.findIndex((names) => names.some((name) => spaced.includes(` ${name.toLowerCase()} `)));
      let rest = query;
      if (authority >= 0) {
        const name = its.names[authority].map((it) => it.toLowerCase()).find((it) => small.includes(it));
        const at = name ? small.indexOf(name) : -1;
        const without = at < 0 ? query : query.slice(0, at) + query.slice(at + name.length);
        // A search for nothing but a name is a search for the name.
        if (without.trim()) rest = without;
      }
      const bare = rest.replace(/^\s*(clause|section|paragraph|para|article|footnote|item|no|cl|s)\b\.?/i, "");
      // What has several words and no number in it is no label, and need not be looked up as one.
      const mayBeLabel = (it) => /\d|^\S+$|\s\(?[a-z][).]?$/i.test(it.trim());
      return { phrases, authority, labels: [rest, bare].filter(mayBeLabel).map((it) => labelOf(it)), words: wordsOf(rest) };
    };

    /* Concepts that stretches of the words stand for, by the number of the word; a short stretch may
       have a word more within it. Where a part of a stretch already says the concept, the rest of it
       says more than that: *junior* in *junior officer* is not said by *officer*. */
    const conceptsOf = (tokens, entries) => {
      const found = tokens.map(() => new Map());
      const say = (stretch) => {
        const { spellings } = entries[stretch[0]];
        const others = stretch.slice(1).map((at) => tokens[at]).join(" ");
        for (const concept of Object.hasOwn(spellings, others) ? spellings[others] : []) {
          if (stretch.some((at) => found[at].has(concept))) continue;
          for (const at of stretch) found[at].set(concept, CONCEPT / stretch.length ** 0.5);
        }
      };
      for (let length = 1; length <= tokens.length; length += 1) {
        for (let from = 0; from + length <= tokens.length; from += 1) {
          const stretch = Array.from({ length }, (_, at) => from + at);
          say(stretch);
          if (length > 4) continue;
          for (const without of stretch.slice(1, -1)) say(stretch.filter((at) => at !== without));
        }
      }
      return found;
    };

    /* Whether tokens stand among others, in their order and side by side. */
    const stands = (these, tokens) => tokens.some((_, at) => these.every((token, i) => tokens[at + i] === token));

    /* Whether one letter more, less, other or two changed places make one word the other. */
    const isSlip = (a, b) => {
      if (Math.abs(a.length - b.length) > 1 || a === b) return false;
      let from = 0;
      while (from < a.length && a[from] === b[from]) from += 1;
      const [restA, restB] = [a.slice(from), b.slice(from)];
      return (
        restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1) ||
        (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
      );
    };
    /* Words that a word with a slip in it may stand for: known ones that are spelt almost so. Where
       there is none, those whose stem lacks a letter of its stem, has one more, or has two of them
       changed about; another letter in a stem makes another word. A number is never a slip. */
    const slipsOf = async ({ word, token }) => {
      const { letters } = await manifest();
      if (word.length < 4 || /\d/.test(word) || !letters.includes(word[0])) return [];
      const known = (await part(`w${word[0]}`)).split(" ");
      const spelt = known.filter((it) => isSlip(word, it));
      if (spelt.length || token.length < 6) return spelt;
      return known.filter((it) => {
        const stem = tokenOf(it);
        return isSlip(token, stem) && (stem.length !== token.length || [...stem].sort().join() === [...token].sort().join());
      });
    };

    /* The tags whose words fit best: [{score, at: which of the words they have, documents}]. `ways`
       has for each word the ways to read it, [factor, entry]. */
    const fitting = async (ways, its) => {
      const found = new Map();
      for (const [at, readings] of ways.entries()) {
        const best = new Map();
        for (const [factor, { fields }] of readings) {
          const all = (fields.get(TAGS) ?? NOWHERE).documents;
          for (const tag of all) best.set(tag, Math.max(best.get(tag) ?? 0, factor * rarity(its.tags.length, all.length)));
        }
        for (const [tag, score] of best) {
          const it = found.get(tag) ?? { tag, score: 0, at: [] };
          found.set(tag, it);
          it.score += score;
          it.at.push(at);
        }
      }
      const all = [...found.values()].map((it) => ({ ...it, share: it.at.length / ways.length, score: (it.score * it.at.length) / ways.length }));
      all.sort((a, b) => b.score - a.score || a.tag - b.tag);
      const fit = all.filter((it) => it.score >= all[0].score * NEAR_BEST && it.share >= LEAST).slice(0, MOST_FITTING);
      return Promise.all(fit.map(async (it) => ({ ...it, documents: await documentsOf(`@${it.tag}`, BORNE) })));
    };

    /* The questions that are asked much like this, however they are put: [{tag, like: from 0 to 1,
       documents}], the likest first. `ways` are those of `fitting`, `light` tells which words say little. */
    const alike = async (ways, light, its) => {
      const many = its.asks.length;
      const [has, words, last] = [new Float64Array(many), new Uint16Array(many), new Uint16Array(many)];
      const rare = (fields) => {
        const { documents } = fields.get(WAYS) ?? NOWHERE;
        return rarity(its.tags.length, new Set(Array.from(documents, (it) => its.asks[it][0])).size);
      };
      let total = 0;
      for (const [at, readings] of ways.entries()) {
        const weight = (light[at] ? LIGHTLY : 1) * Math.min(...readings.map(([, { fields }]) => rare(fields)));
        if (readings.length) total += weight;
        for (const [factor, { fields }] of readings) {
          for (const way of (fields.get(WAYS) ?? NOWHERE).documents) {
            if (last[way] === at + 1) continue;
            last[way] = at + 1;
            has[way] += factor * weight;
            words[way] += 1;
          }
        }
      }
      const found = new Map();
      for (const [way, [tag, length]] of its.asks.entries()) {
        if (has[way]) found.set(tag, Math.max(found.get(tag) ?? 0, (has[way] / total) * Math.min(1, words[way] / length) ** 0.5));
      }
      const likest = [...found].map(([tag, like]) => ({ tag, like })).sort((a, b) => b.like - a.like || a.tag - b.tag);
      const kept = likest.filter(({ like }) => like >= LEAST_LIKE && like >= likest[0].like * NEAR_LIKEST).slice(0, MOST_ASKED);
      return Promise.all(kept.map(async (it) => ({ ...it, documents: await documentsOf(`@${it.tag}`, BORNE) })));
    };

    /* The tags that the first results share, those most that few documents bear: [{tag, weight,
       documents}]. They lead to texts that answer the same question in words of their own. */
    const shared = async (first, its) => {
      const votes = new Map();
      // A result whose tags do not come has no vote; the others go on.
      const borne = await Promise.all(first.map(({ document }) => tagsOf(document).catch(() => [])));
      for (const [at, it] of first.entries()) {
        for (const tag of borne[at]) votes.set(tag, (votes.get(tag) ?? 0) + it.score / (1 + at / 10));
      }
      const weighed = [...votes].map(([tag, votes]) => ({ tag, weight: votes / (its.tags[tag] + 5) ** 0.7 }));
      weighed.sort((a, b) => b.weight - a.weight || a.tag - b.tag);
      const most = weighed[0]?.weight;
      const kept = weighed.slice(0, MOST_SHARED).filter(({ weight }) => weight > 0);
      return Promise.all(
        kept.map(async ({ tag, weight }) => ({ tag, weight: weight / most, documents: await documentsOf(`@${tag}`, BORNE) })),
      );
    };

    /* What is known of each document while a search goes on: its score; which of the words it has (a bit
       each), and which of them itself, not only in what editors list as asked of it; how well its tags
       fit; whether it was found and how; whether it is of the authority that is named and has all words.
       What goes over all documents does so in functions of their own, which browsers run soonest. */
    const tableOf = (n) => ({
      scores: new Float64Array(n), has: new Int32Array(n), itself: new Int32Array(n), fit: new Float64Array(n),
      found: new Uint8Array(n), rank: new Uint8Array(n),
    });
    const [BY_WORDS, BY_TAG] = [1, 2];
    const [OWN, ALL] = [2, 1];
    const bits = (of) => {
      let count = 0;
      for (let rest = of; rest; rest &= rest - 1) count += 1;
      return count;
    };

    /* Adds how well documents fit a word, whose bit is `mark`. */
    const addWord = ({ scores, has, itself, found }, { best, own }, share, mark) => {
      for (let document = 0; document < best.length; document += 1) {
        if (!best[document]) continue;
        found[document] = BY_WORDS;
        scores[document] += best[document] * share;
        has[document] |= mark;
        if (own[document]) itself[document] |= mark;
      }
    };

    /* Weighs what was found by how many of the words that are asked it has; the highest score. */
    const weigh = ({ scores, has, fit, found, rank }, asked, whole) => {
      let most = 0;
      for (let document = 0; document < scores.length; document += 1) {
        if (!found[document]) continue;
        const count = bits(has[document]);
        const score = (scores[document] * count) / (asked || 1) + FITTING * fit[document];
        scores[document] = score;
        if (score > most) most = score;
        if (count === whole) rank[document] = ALL;
      }
      return most;
    };

    /* The first in order of what was found among the documents before `end`. */
    const firstOf = ({ scores, found, rank }, end) => {
      const better = (a, b) => rank[b] - rank[a] || scores[b] - scores[a] || a - b;
      const first = [];
      let last;
      for (let it = 0; it < end; it += 1) {
        if (!found[it] || (last !== undefined && better(it, last) > 0)) continue;
        first.push(it);
        first.sort(better);
        first.splice(FIRST);
        last = first[FIRST - 1];
      }
      return first;
    };

    /* What was found, in the order of rank, the highest first; of one rank, of score; of one score, of
       number. Each is packed into one number: so forty thousand are soonest sorted. */
    const inOrder = ({ scores, found, rank }) => {
      const n = scores.length;
      let [many, most] = [0, 0];
      for (let document = 0; document < n; document += 1) {
        if (!found[document]) continue;
        many += 1;
        if (scores[document] > most) most = scores[document];
      }
      // A power of two: by it large numbers are divided without rounding, and sooner than by %.
      const places = 2 ** Math.ceil(Math.log2(n));
      const levels = 2 ** 51 / places - 1;
      const keys = new Float64Array(many);
      for (let document = 0, at = 0; document < n; document += 1) {
        if (found[document]) keys[at++] = (rank[document] * (levels + 1) + Math.floor((scores[document] / (most || 1)) * levels)) * places + n - 1 - document;
      }
      keys.sort();
      const documents = new Uint32Array(many);
      for (let at = 0; at < many; at += 1) {
        const key = keys[many - 1 - at];
        documents[at] = n - 1 - (key - Math.floor(key / places) * places);
      }
      return documents;
    };

    /* The search. Returns what was found and what is to be said of how: {documents: the best first, result: of
       one of them {document, score, all, some, label, how}, count: of some of them {all, some}, labelled:
       the label that was asked for, where something has it, words, missing, slips: [[word, known words],
       …], asked: how many words a text can have, how: {words of concepts, reasons and tags of a
       document}, notHeld: {name, href} of an authority that is named and has no text}. A result has all of
       the words, or some, or is only on the same question as the first ones. Of tens of thousands ten are
       shown: only for these is a result made. */
    const ask = async (query, { typing = false } = {}) => {
      const [its, lengths] = await Promise.all([manifest(), index.lengths()]);
      const { phrases, authority, labels, words } = parse(query, its);
      const entries = await Promise.all(words.map((it) => entryOf(it.token)));
      let [label, named] = ["", []];
      for (const it of labels) {
        if (!it || named.length) continue;
        [label, named] = [it, await documentsOf(`#${it}`, LABELS)];
      }

      /* A word that stands nowhere is read as what is spelt almost so, for concepts as well. */
      const slips = [];
      const missing = [];
      const spelt = words.map((it) => it.token);
      const typed = typing ? words.length - 1 : -1;
      const near = new Map();
      // For each word the tokens it is read as.
      const readAs = words.map(({ token }) => [token]);
      for (const [at, it] of words.entries()) {
        if (entries[at] !== NONE || (at === typed && (await beginning(it.word)).length)) continue;
        const known = await slipsOf(it);
        if (!known.length) continue;
        slips.push([it.word, known]);
        const tokens = [...new Set(known.map(tokenOf))];
        readAs[at].push(...tokens);
        near.set(at, await Promise.all(tokens.map(entryOf)));
        if (tokens.length === 1) [spelt[at], entries[at]] = [tokens[0], near.get(at)[0]];
      }
      const concepts = conceptsOf(spelt, entries);
      const ofConcepts = new Map();
      await Promise.all(
        concepts.flatMap((it) => [...it.keys()]).map(async (it) => ofConcepts.set(it, await entryOf(`~${it}`))),
      );

      /* Each way to read each word: [factor, entry, concept]. */
      const [ways, standing] = [[], []];
      for (const [at, { word, token }] of words.entries()) {
        const readings = near.has(at) ? near.get(at).map((it) => [SLIP, it]) : [[1, entries[at]]];
        const stands = readings.some(([, { fields }]) => fields.size);
        if (at === typed && word.length >= FROM_LETTERS(its.n)) {
          for (const [longer, fields] of await beginning(word)) {
            if (longer === token) continue;
            readAs[at].push(longer);
            readings.push([(word.length / longer.length) * (stands ? 0.15 : 0.6), { fields }]);
          }
        }
        for (const [concept, factor] of concepts[at]) readings.push([factor, ofConcepts.get(concept), concept]);
        ways.push(readings.filter(([, { fields }]) => fields.size));
        standing.push(ways[at].some(([, { fields }]) => [...fields.keys()].some((it) => it !== WAYS)));
        if (!standing[at]) missing.push(word);
      }

      /* By document: its score, which of the words it has (a bit each), how well its tags fit. */
      const table = tableOf(its.n);
      const { scores, has, itself, fit, found, rank } = table;
      const bit = (at) => 1 << Math.min(at, 30);
      const whys = [];
      const isLight = words.map(({ word }) => LIGHT.has(word));
      if (isLight.every(Boolean)) isLight.fill(false);
      for (const at of words.keys()) {
        const fits = fitOf(ways[at], its, lengths);
        if (isLight[at]) addWord(table, fits, LIGHTLY, 0);
        else addWord(table, fits, 1, bit(at));
        whys.push(fits.why);
      }
      const heavy = words.map((_, at) => at).filter((at) => !isLight[at]);
      const tags = await fitting(heavy.map((at) => ways[at]), its);
      for (const { score, at, documents } of tags) {
        for (const document of documents) {
          found[document] = BY_WORDS;
          fit[document] = Math.max(fit[document], score);
          for (const word of at) {
            has[document] |= bit(heavy[word]);
            itself[document] |= bit(heavy[word]);
          }
        }
      }

      const asked = bits(heavy.filter((at) => standing[at]).reduce((all, at) => all | bit(at), 0));
      const asking = phrases.length || named.length ? [] : await alike(ways, isLight, its);
      const tagged = [...tags, ...asking];
      /* How a document was found, told only of those that are shown. */
      const how = {
        read: words.map((_, at) => ({ tokens: readAs[at], concepts: [...concepts[at].keys()] })).filter((_, at) => !isLight[at]),
        said: new Map([...ofConcepts].map(([it, { said }]) => [it, said])),
        reasons: (document) => new Map(whys.flatMap((why, at) => (why[document] ? [[why[document] - 1, words[at].word]] : []))),
        tags: (document) => tagged.filter(({ documents }) => documents.includes(document)).map(({ tag }) => tag),
      };
      const whole = missing.length ? -1 : asked;
      const most = weigh(table, asked, whole);
      if (authority >= 0) for (let it = its.starts[authority]; it < its.starts[authority + 1]; it += 1) rank[it] |= OWN;
      if (!phrases.length && !named.length) {
        const likest = new Map();
        for (const { like, documents } of asking) {
          for (const it of documents) likest.set(it, Math.max(likest.get(it) ?? 0, like));
        }
        for (const [it, like] of likest) {
          found[it] ||= BY_TAG;
          scores[it] += (most || 1) * LIKE_ASKED * like;
        }
        // What is the editors' bears no tags.
        const first = firstOf(table, its.starts.at(-1));
        const best = Math.max(...first.map((it) => scores[it]));
        for (const it of await shared(first.map((it) => ({ document: it, score: scores[it] })), its)) {
          tagged.push(it);
          for (const document of it.documents) {
            found[document] ||= BY_TAG;
            scores[document] += best * SHARED * it.weight;
          }
        }
      }
      let documents = inOrder(table);
      let unread = 0;
      if (phrases.length) {
        const holds = await Promise.all(phrases.flat().map(async (it) => new Set(await documentsOf(it, WORDS))));
        documents = documents.filter((it) => holds.every((holding) => holding.has(it)));
        /* Whether words stand in this order their texts alone tell, which in a large handbook are too many to load. */
        if (phrases.some((it) => it.length > 1)) {
          const may = documents.slice(0, its.n > 1000 ? 50 : its.n);
          unread = documents.length - may.length;
          const holding = await Promise.all(
            Array.from(may, async (document) => {
              const texts = (await row(document))[4].map(([, , text]) => tokensOf(text));
              return phrases.every((phrase) => texts.some((tokens) => stands(phrase, tokens)));
            }),
          );
          documents = may.filter((_, at) => holding[at]);
        }
      }
      const labelled = new Set([...named].filter((it) => authority < 0 || rank[it] & OWN));
      if (named.length) {
        const others = documents.filter((it) => !labelled.has(it));
        documents = new Uint32Array(labelled.size + others.length);
        documents.set([...labelled]);
        documents.set(others, labelled.size);
      }
      const isAll = (it) => bits(itself[it]) === whole || labelled.has(it);
      const isSome = (it) => found[it] === BY_WORDS || labelled.has(it);
      const result = (it) => ({ document: it, score: scores[it], all: isAll(it), some: isSome(it), label: labelled.has(it) ? label : undefined, how });
      /* How many of these have all of the words, and how many at least some. */
      const count = (documents) => {
        let [all, some] = [0, 0];
        for (let at = 0; at < documents.length; at += 1) {
          if (isAll(documents[at])) all += 1;
          if (isSome(documents[at])) some += 1;
        }
        return { all, some };
      };
      const away = its.notHeld[authority];
      const notHeld = away && { name: its.names[authority][0], href: away };
      return { documents, unread, result, count, labelled: labelled.size ? label : undefined, words, missing, slips, asked, how, notHeld };
    };

    /* The words by which a document says the concepts for which it was found: [[concept, words], …].
       Those for a term differ from authority to authority, and its row has them; those of the
       thesaurus are looked for in its text. */
    const sayings = async ({ document, how }) => {
      const reasons = how?.reasons(document) ?? new Map();
      const { terms } = await manifest();
      const [name, headings, , , passages, its] = await row(document);
      const texts = [name, headings, ...passages.map(([, , text]) => text)].map(tokensOf);
      const said = (concept) => how.said.get(concept).find((words) => texts.some((tokens) => stands(tokensOf(words), tokens)));
      const others = [...reasons.keys()].filter((it) => it >= terms).map((it) => [it, said(it)]);
      return [...its.filter(([it]) => reasons.has(it)), ...others.filter(([, said]) => said)];
    };

    /* The passages of a document to which a result leads, by their numbers: items that have most
       of what was asked for beyond the words before all items, three at most. None where the
       document as a whole is what was asked for. */
    const passagesOf = async ({ document, label, how }, words) => {
      const tags = how?.tags(document) ?? [];
      const its = await manifest();
      const [, , , , passages] = await row(document);
      if (label) {
        const item = passages.findIndex(([anchor, printed]) => anchor && labelOf(printed) === label);
        return item > 0 ? [item] : [];
      }
      const wanted = new Map();
      for (const { token } of words) {
        const { length } = await documentsOf(token, WORDS);
        if (length) wanted.set(token, 1 + Math.log(its.n / (length + 1)));
      }
      const others = (await sayings({ document, how })).map(([, said]) => tokensOf(said));
      const has = passages.map(([, , text]) => {
        const tokens = tokensOf(text);
        const found = new Set([...wanted.keys()].filter((it) => tokens.includes(it)));
        for (const said of others) {
          if (stands(said, tokens)) found.add(said.join(" "));
        }
        return found;
      });
      const lead = new Set(passages.flatMap(([anchor], at) => (anchor ? [] : [...has[at]])));
      const worth = (words, otherwise) => words.reduce((sum, it) => sum + (wanted.get(it) ?? otherwise), 0);
      const gain = ([anchor, , , its = [], asks = []], at) => {
        if (!anchor) return 0;
        const asked = asks.flatMap(tokensOf);
        return (
          worth([...has[at]].filter((it) => !lead.has(it)), 2) +
          ASKED_OF_ITEM * worth(words.map(({ token }) => token).filter((it) => asked.includes(it) && !has[at].has(it)), 3) +
          (its.some((tag) => tags.includes(tag)) ? OF_ITEM : 0)
        );
      };
      const gains = passages.map((passage, at) => [at, gain(passage, at)]).filter(([, it]) => it > 0);
      const most = Math.max(0, ...gains.map(([, it]) => it));
      return gains.filter(([, it]) => it >= most * BESIDE).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([at]) => at);
    };

    /* Of what readers ask of a document that which has most of the words, however they are read, if it
       has one that the document lacks: {label of the item of which it is asked or "", words}; undefined if
       the document's own words say why it was found. */
    const askedAs = async ({ document, how }) => {
      const [name, headings, , , passages, , , , asks = []] = await row(document);
      const texts = [name, headings, ...passages.map(([, , text]) => text)].map(tokensOf);
      const has = (texts, { tokens, concepts }) =>
        tokens.some((it) => texts.some((text) => text.includes(it))) ||
        concepts.some((it) => how.said.get(it).some((said) => texts.some((text) => stands(tokensOf(said), text))));
      const lacks = how.read.filter((it) => !has(texts, it));
      const all = [...asks.map((it) => ["", it]), ...passages.flatMap(([, label, , , asks = []]) => asks.map((it) => [label, it]))];
      const weighed = all.map(([label, words]) => {
        const many = (those) => those.filter((it) => has([tokensOf(words)], it)).length;
        return { label, words, lacked: many(lacks), all: many(how.read) };
      });
      return weighed.filter(({ lacked }) => lacked).sort((a, b) => b.all - a.all || b.lacked - a.lacked)[0];
    };

    return { ...index, ask, sayings, passagesOf, askedAs };
  };
})();
