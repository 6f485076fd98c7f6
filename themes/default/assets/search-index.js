/* The index: its parts, and which documents have which tokens.

   `load(name)` gives a promise of a part of the index (see `site::search::parts`). Nothing here
   touches the page, so that tests ask the very same code. */
"use strict";
(() => {
  /* Numbers of what an entry says (`site::search::index`, `site::search::postings`), and of letters
     by which it is packed. */
  const WORDS = 1, SPELLINGS = 7, SAID = 8;
  const LAST = 62, MORE = 31;

  globalThis.handbookParts = (load) => {
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
    /* The manifest; `firsts` has how the first token of each shard begins; `starts` the first document of
       each authority, and the first that is no authority's; `asks` for each way to ask a tag that tag and
       how many words it has. */
    const manifest = async () => {
      const its = await part("manifest");
      let before = "";
      its.firsts ??= its.bounds.map((it) => (before = before.slice(0, parseInt(it[0], 36)) + it.slice(1)));
      its.starts ??= its.held.reduce((starts, held) => [...starts, starts.at(-1) + held], [0]);
      its.asks ??= its.ways.flatMap((lengths, tag) => lengths.map((length) => [tag, length]));
      return its;
    };

    /* The shard in which a token stands, or would. */
    const shardOf = ({ firsts }, token) => {
      let [low, high] = [0, firsts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (firsts[middle] <= token) low = middle;
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
    /* The places of a token in a field: documents in their order, and how often it stands in each. In
       a field without words it stands once. */
    const placesIn = (field, packed) => {
      const numbers = unpack(packed);
      const documents = Uint32Array.from(field <= WORDS ? numbers.splice(0, numbers.length / 2) : numbers);
      for (let i = 1; i < documents.length; i += 1) documents[i] += documents[i - 1];
      const counts = field <= WORDS ? Uint32Array.from(numbers, (it) => it + 1) : new Uint32Array(documents.length).fill(1);
      return { documents, counts };
    };
    /* For each field of words how long it is in each document, in averages. */
    let known;
    const lengths = async () => {
      const [{ lengths }, packed] = await Promise.all([manifest(), part("l")]);
      return (known ??= packed.map((it, field) =>
        Float64Array.from(unpack(it).flatMap((it) => [it & 3, (it >> 2) & 3, it >> 4]), (it) => lengths[field][it]),
      ));
    };
    /* An entry: its places by field; the concepts that it stands for, by the tokens after it; the
       words of the concept of which it is the token. */
    const read = (entry) => {
      const its = { fields: new Map(), spellings: {}, said: [] };
      for (let at = 0; at < entry.length; at += 2) {
        const [field, value] = [entry[at], entry[at + 1]];
        if (field === SPELLINGS) its.spellings = value;
        else if (field === SAID) its.said = value;
        else its.fields.set(field, placesIn(field, value));
      }
      return its;
    };
    const NOWHERE = placesIn(WORDS, "");
    const NONE = read([]);
    const entries = new Map();
    const entryIn = (shard, token) => {
      if (!Object.hasOwn(shard, token)) return NONE;
      if (!entries.has(token)) entries.set(token, read(shard[token]));
      return entries.get(token);
    };
    const entryOf = async (token) => {
      const its = await manifest();
      return its.firsts.length ? entryIn(await part(`s${shardOf(its, token)}`), token) : NONE;
    };
    /* The documents in a field of which a token stands. */
    const documentsOf = async (token, field) => ((await entryOf(token)).fields.get(field) ?? NOWHERE).documents;
    /* All tokens that begin so, with their places; the token itself among them. */
    const beginning = async (start) => {
      const its = await manifest();
      const shards = [];
      for (let at = shardOf(its, start); at < its.firsts.length; at += 1) {
        if (its.firsts[at] > start && !its.firsts[at].startsWith(start)) break;
        shards.push(part(`s${at}`));
      }
      const found = [];
      for (const shard of await Promise.all(shards)) {
        for (const token of Object.keys(shard)) if (token.startsWith(start)) found.push([token, entryIn(shard, token).fields]);
      }
      return found.filter(([, fields]) => fields.size);
    };

    /* The number of the authority whose text a document is of, or how many there are for what is the
       editors'. */
    const numberOf = ({ starts }, document) => starts.findLastIndex((it) => it <= document);
    /* What authorities are called; undefined for the editors'. */
    const authorityOf = async (document) => {
      const its = await manifest();
      return its.names[numberOf(its, document)]?.[0];
    };

    /* What a result shows: [name, headings, text, href, passages, its words for terms, kind,
       names of topics, what readers ask of it]; a passage: [anchor, label, text, tags, what readers ask
       of it]. Those of some authorities together stand in a folder. */
    const row = async (document) => {
      const its = await manifest();
      const folder = Math.floor(numberOf(its, document) / its.together);
      const at = document - its.starts[folder * its.together];
      return (await part(`../${its.folders[folder]}/d${Math.floor(at / its.chunk)}`))[at % its.chunk];
    };

    /* The numbers of the tags that a document bears. */
    const tagsOf = async (document) => {
      const { tagged, tagsIn } = await manifest();
      return (await part(`../${tagsIn}/t${Math.floor(document / tagged)}`))[document % tagged];
    };

    return {
      manifest, part, NONE, NOWHERE, lengths, entryOf, documentsOf, beginning, row, tagsOf, authorityOf, facets: () => part("f"),
    };
  };
})();
