/* The index asked: which documents have which tokens, and how well they fit.

   `load(name)` gives a promise of a part of the index (see `site::search::parts`). Nothing here
   touches the page, so that tests ask the very same code. */
"use strict";
(() => {
  const { words: wordsOf, tokens: tokensOf, token: tokenOf, label: labelOf } = globalThis.handbookWords;

  const WORDS = 2, CONCEPTS = 3, LABELS = 4, SPELLINGS = 5, NAME = 6;
  const LAST = 62, MORE = 31;
  /* How much less another word for the same thing counts, and a word with a slip in it. */
  const CONCEPT = 0.8, SLIP = 0.7;
  /* From how many letters a last word that is still being typed finds longer ones. */
  const FROM_LETTERS = (documents) => (documents > 10000 ? 4 : 3);

  globalThis.handbookAsk = (load) => {
    const parts = new Map();
    const part = (name) => {
      if (!parts.has(name)) {
        const promise = load(name);
        // What failed may be asked for again.
        promise.catch(() => parts.delete(name));
        parts.set(name, promise);
      }
      return parts.get(name);
    };
    const manifest = () => part("manifest");

    /* The shard in which a token stands, or would. */
    const shardOf = ({ bounds }, token) => {
      let [low, high] = [0, bounds.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (bounds[middle] <= token) low = middle;
        else high = middle - 1;
      }
      return low;
    };

    /* Numbers as `site::search::postings` packs them. */
    const unpack = (packed) => {
      const numbers = [];
      let number = 0;
      for (let at = 0; at < packed.length; at += 1) {
        const letter = packed.charCodeAt(at);
        const digit = letter - 32 - (letter > 34) - (letter > 92);
        if (digit < LAST) {
          numbers.push(number * LAST + digit);
          number = 0;
        } else number = number * MORE + digit - LAST;
      }
      return numbers;
    };
    /* An entry: its places by field, [[document, count, class of length], …]; the concepts that it
       stands for, by the tokens after it; what it is called. */
    const read = (entry) => {
      const its = { fields: new Map(), spellings: {}, name: "" };
      for (let at = 0; at < entry.length; at += 2) {
        const [field, value] = [entry[at], entry[at + 1]];
        if (field === SPELLINGS) its.spellings = value;
        else if (field === NAME) its.name = value;
        else {
          const numbers = unpack(value);
          const places = [];
          let document = 0;
          if (field < CONCEPTS) {
            for (let i = 0; i < numbers.length; i += 2) {
              document += numbers[i];
              places.push([document, (numbers[i + 1] >> 2) + 1, numbers[i + 1] & 3]);
            }
          } else for (const step of numbers) places.push([(document += step), 1, 0]);
          its.fields.set(field, places);
        }
      }
      return its;
    };
    const NONE = read([]);
    const entries = new Map();
    const entryIn = (shard, token) => {
      if (!Object.hasOwn(shard, token)) return NONE;
      if (!entries.has(token)) entries.set(token, read(shard[token]));
      return entries.get(token);
    };
    const entryOf = async (token) => {
      const its = await manifest();
      return its.bounds.length ? entryIn(await part(`s${shardOf(its, token)}`), token) : NONE;
    };
    const placesOf = async (token) => (await entryOf(token)).fields;
    /* All tokens that begin so, with their places; the token itself among them. */
    const beginning = async (start) => {
      const its = await manifest();
      const shards = [];
      for (let at = shardOf(its, start); at < its.bounds.length; at += 1) {
        if (its.bounds[at] > start && !its.bounds[at].startsWith(start)) break;
        shards.push(part(`s${at}`));
      }
      const found = [];
      for (const shard of await Promise.all(shards)) {
        for (const token of Object.keys(shard)) if (token.startsWith(start)) found.push([token, entryIn(shard, token).fields]);
      }
      return found.filter(([, fields]) => fields.size);
    };

    /* elasticlunr's score of a token in one field of one document. */
    const weight = (n, places, count, length) =>
      (Math.sqrt(count) * (1 + Math.log(n / (places.length + 1)))) / Math.sqrt(length || 1);

    /* elasticlunr's ranking, without anything of ours: field by field, a word in one field, the
       share of the words that a field has counted in; [[document, score], …], the best first.
       `length(field, document)` gives what the index holds in classes alone: how many tokens there are. */
    const plain = async (query, length, { and = false, expand = false, boosts } = {}) => {
      const its = await manifest();
      const asked = tokensOf(query);
      const total = new Map();
      for (let field = 0; field < CONCEPTS; field += 1) {
        const boost = (boosts ?? its.boosts)[field];
        if (!boost) continue;
        let scores = null;
        const exact = new Map();
        for (const token of asked) {
          const keys = expand ? await beginning(token) : [[token, await placesOf(token)]];
          const ofToken = new Map();
          for (const [key, fields] of keys) {
            const places = fields.get(field) ?? [];
            for (const place of places) {
              const [document, count] = place;
              if (and && scores && !scores.has(document)) continue;
              if (key === token) exact.set(document, (exact.get(document) ?? 0) + 1);
              const penalty = key === token ? 1 : (1 - (key.length - token.length) / key.length) * 0.15;
              ofToken.set(document, (ofToken.get(document) ?? 0) + weight(its.n, places, count, length(field, document)) * penalty);
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
    };

    /* How much it says that a field has a token so often: less with each time, and less in a long
       field. Form: BM25, k = K, b = LONG. */
    const K = 1.2, LONG = 0.35, BOOSTS = [1, 0.4, 1];
    const rarityOf = ({ n }, fields) => {
      const among = Math.max(...[...fields].filter(([it]) => it !== LABELS).map(([, places]) => places.length), 1);
      return Math.log(1 + (n - among + 0.5) / (among + 0.5));
    };
    const often = (field, [, count, length], { lengths }) =>
      (count * (K + 1)) / (count + K * (1 - LONG + LONG * lengths[field][length]));

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

    /* Concepts that stretches of the words stand for, by the number of the word. Where a part of
       a stretch already says the concept, the rest of it says more than that: *junior* in
       *junior officer* is not said by *officer*. */
    const conceptsOf = (tokens, entries) => {
      const found = tokens.map(() => new Map());
      for (let length = 1; length <= tokens.length; length += 1) {
        for (let from = 0; from + length <= tokens.length; from += 1) {
          const stretch = found.slice(from, from + length);
          const { spellings } = entries[from];
          const others = tokens.slice(from + 1, from + length).join(" ");
          for (const concept of Object.hasOwn(spellings, others) ? spellings[others] : []) {
            if (stretch.some((it) => it.has(concept))) continue;
            for (const it of stretch) it.set(concept, CONCEPT / length ** 0.5);
          }
        }
      }
      return found;
    };

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

    /* The search of a reader. Returns the results, the best first, and what is to be said of
       how they were found: {results: [{document, score, all, label, reasons}], words, missing,
       slips: [[word, known words], …], asked: how many words are not missing, names: of the
       concepts in `reasons`, notHeld: {name, href} of an authority that is named and has no text}. */
    const ask = async (query, { typing = false } = {}) => {
      const its = await manifest();
      const { phrases, authority, labels, words } = parse(query, its);
      const results = new Map();
      const result = (document) => {
        if (!results.has(document)) results.set(document, { document, score: 0, matched: 0, reasons: new Map() });
        return results.get(document);
      };

      const ofWords = await Promise.all(words.map((it) => entryOf(it.token)));
      let [label, named] = ["", []];
      for (const it of labels) {
        if (!it || named.length) continue;
        [label, named] = [it, (await placesOf(`#${it}`)).get(LABELS) ?? []];
      }

      /* A word that stands nowhere is read as what is spelt almost so, for concepts as well. */
      const slips = [];
      const missing = [];
      const spelt = words.map((it) => it.token);
      const typed = typing ? words.length - 1 : -1;
      const near = new Map();
      for (const [at, it] of words.entries()) {
        if (ofWords[at] !== NONE || (at === typed && (await beginning(it.word)).length)) continue;
        const known = await slipsOf(it);
        if (!known.length) continue;
        slips.push([it.word, known]);
        const tokens = [...new Set(known.map(tokenOf))];
        near.set(at, await Promise.all(tokens.map(entryOf)));
        if (tokens.length === 1) [spelt[at], ofWords[at]] = [tokens[0], near.get(at)[0]];
      }
      const concepts = conceptsOf(spelt, ofWords);
      const ofConcepts = new Map();
      await Promise.all([...new Set(concepts.flatMap((it) => [...it.keys()]))].map(async (it) => ofConcepts.set(it, await entryOf(`~${it}`))));
      for (const [at, { word, token }] of words.entries()) {
        /* Each way to read the word: [factor, places by field, why]. */
        const readings = near.has(at) ? near.get(at).map(({ fields }) => [SLIP, fields]) : [[1, ofWords[at].fields]];
        let found = readings.some(([, fields]) => fields.size);
        if (at === typed && word.length >= FROM_LETTERS(its.n)) {
          for (const [longer, fields] of await beginning(word)) {
            if (longer === token) continue;
            readings.push([(word.length / longer.length) * (found ? 0.15 : 0.6), fields]);
            found = true;
          }
        }
        for (const [concept, factor] of concepts[at]) {
          const { fields } = ofConcepts.get(concept);
          if (!fields.size) continue;
          readings.push([factor, fields, concept]);
          found = true;
        }
        if (!found) missing.push(word);
        /* Who asks for councillors asks for members too, and no council's word counts for more
           because fewer councils use it: a word is as rare as what it stands for. */
        const commonest = Math.min(...readings.filter(([, , it]) => it !== undefined && it < its.terms).map(([, fields]) => rarityOf(its, fields)));
        const best = new Map();
        for (const [factor, fields, concept] of readings) {
          const ofReading = new Map();
          const rarity = Math.min(rarityOf(its, fields), commonest);
          for (const [field, places] of fields) {
            if (field === LABELS) continue;
            for (const place of places) {
              const of = (field === CONCEPTS ? 1 : BOOSTS[field] * often(field, place, its)) * rarity * factor;
              ofReading.set(place[0], (ofReading.get(place[0]) ?? 0) + of);
            }
          }
          for (const [document, score] of ofReading) {
            if (score > (best.get(document)?.[0] ?? 0)) best.set(document, [score, concept]);
          }
        }
        for (const [document, [score, concept]] of best) {
          const it = result(document);
          it.score += score;
          it.matched += 1;
          if (concept !== undefined) it.reasons.set(concept, word);
        }
      }
      const asked = words.length - missing.length;
      let ranked = [...results.values()];
      for (const it of ranked) {
        it.all = it.matched === asked && !missing.length;
        it.score *= it.matched / (asked || 1);
        it.own = authority >= 0 && its.starts[authority] <= it.document && it.document < its.starts[authority + 1];
      }
      ranked.sort((a, b) => b.own - a.own || b.all - a.all || b.score - a.score || a.document - b.document);

      if (phrases.length) {
        /* Where the words stand in this order, their texts alone tell: those of the first that have all of them. */
        const holds = await Promise.all(phrases.flat().map(async (it) => new Set(((await placesOf(it)).get(WORDS) ?? []).map(([document]) => document))));
        const may = ranked.filter((it) => holds.every((documents) => documents.has(it.document))).slice(0, 50);
        const has = await Promise.all(
          may.map(async ({ document }) => {
            const texts = (await row(document))[4].map(([, , text]) => tokensOf(text));
            return phrases.every((phrase) => texts.some((tokens) => tokens.some((_, at) => phrase.every((token, i) => tokens[at + i] === token))));
          }),
        );
        ranked = may.filter((_, at) => has[at]);
      }
      if (named.length) {
        const first = named
          .map(([document]) => document)
          .filter((it) => authority < 0 || (its.starts[authority] <= it && it < its.starts[authority + 1]))
          .map((document) => ({ ...(results.get(document) ?? { document, score: 0, reasons: new Map() }), all: true, label }));
        ranked = [...first, ...ranked.filter((it) => !first.some((one) => one.document === it.document))];
      }
      const names = new Map([...ofConcepts].map(([it, { name }]) => [it, name]));
      const away = its.notHeld[authority];
      const notHeld = away && { name: its.names[authority][0], href: away };
      return { results: ranked, words, missing, slips, asked, names, notHeld };
    };

    /* What a result shows: [name, headings, text, href, passages, concepts, kind, topics]. */
    const row = async (document) => {
      const { chunk } = await manifest();
      return (await part(`d${Math.floor(document / chunk)}`))[document % chunk];
    };

    /* What the authority is called whose text a document is of; undefined for what is the editors'. */
    const authorityOf = async (document) => {
      const { starts, names } = await manifest();
      return names[starts.findLastIndex((it) => it <= document)]?.[0];
    };

    /* The passages of a document to which a result leads, by their numbers: items that have most
       of what was asked for beyond the words before all items, three at most. None where the
       document as a whole is what was asked for. */
    const passagesOf = async ({ document, label, reasons }, words) => {
      const its = await manifest();
      const [, , , , passages, concepts] = await row(document);
      if (label) {
        const item = passages.findIndex(([anchor, printed]) => anchor && labelOf(printed) === label);
        return item > 0 ? [item] : [];
      }
      const wanted = new Map();
      for (const { token } of words) {
        const places = (await placesOf(token)).get(WORDS) ?? [];
        if (places.length) wanted.set(token, 1 + Math.log(its.n / (places.length + 1)));
      }
      const others = concepts.filter(([concept]) => reasons.has(concept)).map(([, said]) => tokensOf(said));
      const has = passages.map(([, , text]) => {
        const tokens = tokensOf(text);
        const found = new Set([...wanted.keys()].filter((it) => tokens.includes(it)));
        for (const said of others) {
          if (tokens.some((_, at) => said.every((token, i) => tokens[at + i] === token))) found.add(said.join(" "));
        }
        return found;
      });
      const lead = new Set(passages.flatMap(([anchor], at) => (anchor ? [] : [...has[at]])));
      const gain = (at) => [...has[at]].filter((it) => !lead.has(it)).reduce((sum, it) => sum + (wanted.get(it) ?? 2), 0);
      const gains = passages.map(([anchor], at) => [at, anchor ? gain(at) : 0]).filter(([, it]) => it > 0);
      const most = Math.max(0, ...gains.map(([, it]) => it));
      return gains.filter(([, it]) => it >= most * 0.7).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([at]) => at);
    };

    return { manifest, plain, ask, row, authorityOf, passagesOf, facets: () => part("f") };
  };
})();
