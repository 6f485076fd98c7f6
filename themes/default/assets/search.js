/* The page of the search: results as they are typed, kept in the address. */
"use strict";
(() => {
  const { button, say } = window.handbook;
  const { words: wordsOf, token: tokenOf, label: labelOf } = window.handbookWords;
  const form = document.querySelector("form.search");
  const field = form.elements.q;
  const [told, choices, results] = ["told", "choices", "results"].map((it) => document.getElementById(it));
  const SHOWN = 10;
  const KINDS = ["Clause", "Topic", "Principle", "Term", "Legislation", "Page"];

  /* Parts of the index come as scripts, which a browser also loads from a disk. */
  const waiting = new Map();
  window.handbook.part = (part) => waiting.get(document.currentScript.src)?.(part);
  const loader = (folder) => (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`${folder}${name}.js`, document.baseURI).href;
      waiting.set(script.src, resolve);
      // What was handed over is there before the script has loaded; a page in its place hands over nothing.
      for (const event of ["error", "load"]) {
        script.addEventListener(event, () => {
          script.remove();
          reject(new Error(name));
        });
      }
      document.head.append(script);
    });
  const today = window.handbookAsk(loader(form.dataset.today));
  const before = form.dataset.before && window.handbookAsk(loader(form.dataset.before));

  /* What is asked, as the address has it. */
  let asked = { q: "", authority: "", topic: "", principle: "", texts: "" };
  const read = () => {
    const inAddress = new URLSearchParams(location.search);
    asked = Object.fromEntries(Object.keys(asked).map((it) => [it, inAddress.get(it) ?? ""]));
    field.value = asked.q;
  };
  const write = (how) => {
    const given = Object.entries(asked).filter(([, value]) => value);
    const search = given.length ? `?${new URLSearchParams(given)}` : "";
    if (search !== location.search) history[how](null, "", location.pathname + search);
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  /* 4,559 */
  const digits = (number) => number.toLocaleString("en-GB");

  /* The stretch of a text around the words that were asked for, each of them marked. */
  const snippet = (text, isAsked) => {
    const MOST = 260;
    const found = [...text.matchAll(/[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}.'’]*/gu)]
      .map((it) => ({ at: it.index, word: it[0].replace(/[.'’]+$/, "") }))
      .filter(({ word }) => isAsked(word));
    const first = found[0]?.at ?? 0;
    let from = text.length <= MOST || first < 80 ? 0 : text.lastIndexOf(" ", first - 50) + 1;
    let to = text.length - from <= MOST ? text.length : text.indexOf(" ", from + MOST - 20);
    if (to < 0) to = text.length;
    const made = element("p", "snippet council", from ? "… " : "");
    let at = from;
    for (const { at: begins, word } of found) {
      if (begins < at || begins + word.length > to) continue;
      made.append(text.slice(at, begins), element("mark", "", word));
      at = begins + word.length;
    }
    made.append(text.slice(at, to), to < text.length ? " …" : "");
    return made;
  };

  const one = async (it, words) => {
    const { index, near } = it.how;
    const reasons = it.how.reasons(it.document);
    const [name, headings, text, href, passages, , kind, topics] = await index.row(it.document);
    const at = await index.passagesOf(it, words);
    const [anchor, label, passage] = passages[at[0] ?? 0] ?? ["", "", ""];
    const tokens = new Set(words.map((word) => word.token));
    const said = await index.sayings(it);
    const saidTokens = new Set(said.flatMap(([, words]) => wordsOf(words).map((word) => word.token)));
    const isAsked = (word) => wordsOf(word).some(({ token }) => tokens.has(token) || saidTokens.has(token) || near.has(token));
    // The words as they stand there, for the page to mark.
    const marks = [...new Set(wordsOf(passage).map((word) => word.word).filter((word) => isAsked(word)))].slice(0, 8);
    const [address, place] = href.split("#");
    const mark = marks.length && kind === 0 ? `?mark=${encodeURIComponent(marks.join(" "))}` : "";
    const to = (anchor, words) => {
      const link = element("a", "", words);
      const fragment = anchor || place;
      link.href = address + mark + (fragment ? `#${fragment}` : "");
      return link;
    };
    const printed = (label) => label.split(" ").at(-1);
    const isPrinted = (label) => label && !/^b\d+$/.test(printed(label));
    const link = to(anchor, isPrinted(label) ? `${name}, ${printed(label)}` : name);
    const title = element("p", "title", link);
    title.append(" ", element("span", "", (await index.authorityOf(it.document)) ?? KINDS[kind]));
    const where = [text, headings, topics].filter(Boolean);
    const made = element("li", "", title, element("p", "where", where.join(" · ")), snippet(passage, isAsked));
    if (at.length > 1) {
      const also = element("p", "also", "Also here: ");
      at.slice(1).forEach((it, i) => {
        const [anchor, label, passage] = passages[it];
        const words = passage.split(" ").slice(0, 6).join(" ");
        also.append(i ? ", " : "", to(anchor, isPrinted(label) ? printed(label) : `“${words} …”`));
      });
      made.append(also);
    }
    const listed = it.some ? await index.askedAs(it) : undefined;
    if (listed) {
      const of = isPrinted(listed.label) ? printed(listed.label) : listed.label ? "one of its items" : "it";
      made.append(element("p", "why", `The editors list as asked of ${of}: “${listed.words}”`));
    }
    if (!it.some) made.append(element("p", "why", "Has none of these words; it is on the same question."));
    for (const [concept, words] of said) {
      const asks = reasons.get(concept);
      if (tokens.has(tokenOf(words.toLowerCase()))) continue;
      const [called] = it.how.said.get(concept);
      const more = tokenOf(called.toLowerCase()) === tokenOf(words.toLowerCase()) ? "" : ` (${called})`;
      made.append(element("p", "why", `Found for “${asks}”: here “${words}”${more}`));
    }
    return made;
  };

  /* What results can be chosen by: the key in the address, the list in the facets, what all of it is
     called. */
  const CHOICES = [["authority", "authorities", "All authorities"], ["topic", "topics", "All topics"], ["principle", "principles", "All principles"]];
  /* Of the documents that were found those that are chosen, and for each choice how many of them each of its
     values would leave, the other choices as they are. `about` has of each document its kind, authority (-1
     for none), topics and principles; `numbers` has what is chosen, null for all. Adds to `counts`. */
  const chosen = (documents, about, [authority, topic, principle], [ofAuthorities, ofTopics, ofPrinciples]) =>
    documents.filter((document) => {
      const [, its, topics, principles] = about[document];
      const fits = authority === null || (its >= 0 && its === authority);
      const fitsTopic = topic === null || topics.includes(topic);
      const fitsPrinciple = principle === null || principles.includes(principle);
      // It counts where it is the choice itself, and no other, that leaves it out.
      if (fitsTopic && fitsPrinciple && its >= 0) ofAuthorities[its] += 1;
      if (fits && fitsPrinciple) for (const it of topics) ofTopics[it] += 1;
      if (fits && fitsTopic) for (const it of principles) ofPrinciples[it] += 1;
      return fits && fitsTopic && fitsPrinciple;
    });
  /* A list to choose by. */
  const choose = (facets, [key, name, all], counts) => {
    const select = element("select");
    select.name = key;
    select.append(new Option(all, ""));
    facets[name].forEach(([slug, called], at) => {
      if (counts[at] || asked[key] === slug) select.append(new Option(`${called} (${digits(counts[at])})`, slug));
    });
    select.value = asked[key];
    select.addEventListener("change", () => {
      asked[key] = select.value;
      write("pushState");
      answer({ keep: key });
    });
    return element("label", "", key[0].toUpperCase() + key.slice(1), select);
  };

  const clear = () => {
    results.replaceChildren();
    document.querySelector(".more")?.remove();
  };

  let turn = 0;
  const answer = async ({ typing = false, keep } = {}) => {
    const mine = ++turn;
    const query = asked.q.trim();
    document.title = document.title.replace(/^.*?(?= – )/, query ? `${query}: search` : "Search");
    if (!query) {
      clear();
      results.ariaBusy = choices.ariaBusy = "false";
      choices.hidden = true;
      told.textContent = "";
      return;
    }
    results.ariaBusy = choices.ariaBusy = "true";
    const late = setTimeout(() => mine === turn && (told.textContent = "Searching …"), 400);
    try {
      const indexes = [today, ...(before && asked.texts === "all" ? [before] : [])];
      const answers = await Promise.all(indexes.map((index) => index.ask(query, { typing })));
      if (mine !== turn) return;
      for (const [at, { how, slips }] of answers.entries()) {
        Object.assign(how, { index: indexes[at], near: new Set(slips.flatMap(([, known]) => known.map(tokenOf))) });
      }
      const isFound = answers.some(({ documents }) => documents.length);
      // What results are counted and chosen by is large: it comes first only where something is chosen.
      const isChosen = CHOICES.some(([key]) => asked[key]);
      if (!isChosen) {
        await show(answers, mine);
        clearTimeout(late);
        // The results are painted, and a letter that was typed is read, before they are counted.
        await new Promise((done) => setTimeout(done));
      }
      if (mine !== turn) return;
      choices.hidden = !isFound;
      let facets;
      try {
        facets = await Promise.all(indexes.map((index) => index.facets()));
      } catch (error) {
        if (isChosen) throw error;
        if (mine === turn) choices.replaceChildren(lacking(error, "The part of the search index that counts results"));
        return;
      }
      if (mine !== turn) return;
      const [its] = facets;
      const numbers = CHOICES.map(([key, name]) => (asked[key] ? its[name].findIndex(([slug]) => slug === asked[key]) : null));
      const counts = CHOICES.map(([, name]) => new Array(its[name].length).fill(0));
      const fitting = answers.map((answer, at) => ({ ...answer, documents: chosen(answer.documents, facets[at].documents, numbers, counts) }));
      if (isChosen) await show(fitting, mine);
      if (mine !== turn) return;
      const made = CHOICES.map((it, at) => choose(its, it, counts[at]));
      if (before) {
        const box = element("input");
        Object.assign(box, { type: "checkbox", name: "texts", checked: asked.texts === "all" });
        box.addEventListener("change", () => {
          asked.texts = box.checked ? "all" : "";
          write("pushState");
          answer({ keep: "texts" });
        });
        made.push(element("label", "earlier-texts", box, "Earlier and proposed texts too"));
      }
      choices.replaceChildren(...made);
      if (keep) choices.querySelector(`[name=${keep}]`)?.focus();
    } catch (error) {
      if (mine === turn) failed(error);
    } finally {
      clearTimeout(late);
      if (mine === turn) results.ariaBusy = choices.ariaBusy = "false";
    }
  };

  const lacking = (error, part) => {
    const again = button("again", "Try again", null, () => {
      field.focus();
      answer();
    });
    return element("p", "lacking", `${part} (${error.message}) could not be loaded. `, again);
  };
  const failed = (error) => {
    clear();
    told.replaceChildren(...lacking(error, "A part of the search index").childNodes);
  };

  /* Shows what was found in each index, that of today's texts first. */
  const show = async (answers, mine) => {
    const [{ words, missing, slips, asked: wanted, notHeld, labelled }] = answers;
    const many = answers.reduce((sum, { documents }) => sum + documents.length, 0);
    let from = 0;
    const item = async (it) => {
      try {
        return await one(it, words);
      } catch {
        const missed = element("li", "", "This result could not be loaded; the others are whole. ");
        missed.append(button("again", "Try again", null, async () => {
          const made = await item(it);
          missed.replaceWith(made);
          made.querySelector("a, button").focus();
        }));
        return missed;
      }
    };
    /* The next results, as many as are shown at once. */
    const next = () => {
      const its = [];
      let passed = 0;
      for (const { documents, result } of answers) {
        its.push(...Array.from(documents.subarray(Math.max(from - passed, 0), Math.max(from + SHOWN - passed, 0)), result));
        passed += documents.length;
      }
      from += SHOWN;
      return Promise.all(its.map(item));
    };
    const first = await next();
    if (mine !== turn) return;
    clear();
    results.append(...first);
    results.ariaBusy = "false";
    if (many > SHOWN) {
      let isComing = false;
      const more = button("more", "Show more", null, async () => {
        if (isComing) return;
        isComing = true;
        const made = await next();
        isComing = false;
        // Something else was asked meanwhile.
        if (mine !== turn) return;
        results.append(...made);
        if (document.activeElement !== field) made[0].querySelector("a, button").focus();
        if (from >= many) more.remove();
      });
      results.after(more);
    }
    const count = (number, what) => `${digits(number)} ${what}${number === 1 ? "" : "s"}`;
    const counts = answers.map((it) => it.count(it.documents));
    const all = counts.reduce((sum, it) => sum + it.all, 0);
    const some = counts.reduce((sum, it) => sum + it.some, 0) - all;
    const others = many - all - some;
    const quoted = (list) => list.map((it) => `“${it}”`).join(", ");
    const sentences = [];
    if (!words.length && !many) sentences.push("Only words too common to be searched. Add another one.");
    else if (!many) sentences.push("Nothing found.");
    else {
      const found = [];
      if (wanted > 1 && !all) sentences.push("Nothing has all of these words.");
      if (wanted > 1 && all && some) found.push(`${count(all, "result")} with all of the words`, `${digits(some)} with some`);
      else if (wanted > 1 && some) found.push(`${count(some, "result")} with some of them`);
      else if (all + some) found.push(count(all + some, "result"));
      if (others) found.push(`${found.length ? digits(others) : count(others, "result")} on the same question in other words`);
      sentences.push(`${found.slice(0, -1).join(", ")}${found.length > 1 ? " and " : ""}${found.at(-1)}.`);
    }
    const stand = (list) => `${quoted(list)} ${list.length === 1 ? "stands" : "stand"} nowhere here`;
    const unread = answers.reduce((sum, it) => sum + it.unread, 0);
    if (unread) sentences.push(`Not looked through: ${count(unread, "less likely text")}.`);
    // A number that no text speaks of may still be the number of a clause.
    const nowhere = missing.filter((word) => labelled !== labelOf(word));
    if (nowhere.length) sentences.push(`${stand(nowhere)}.`);
    for (const [word, known] of slips) sentences.push(`${stand([word])}; shown is ${quoted(known)}.`);
    told.textContent = sentences.join(" ");
    const way = (words, href) => Object.assign(element("a", "", words), { href });
    if (notHeld) told.append(` The text of ${notHeld.name} is not held: see `, way(`what is known of ${notHeld.name}`, notHeld.href), ".");
    if (!many) {
      const [topics, terms] = [way("topics", form.dataset.topics), way("words of each authority from A to Z", form.dataset.terms)];
      told.append(" Look through the ", topics, " or the ", terms, ".");
    }
  };

  /* Whoever begins to type anew can go back to what was asked before; each letter is no step. */
  let soon;
  let anew = true;
  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const how = anew && asked.q ? "pushState" : "replaceState";
      anew = false;
      asked.q = field.value;
      write(how);
      answer({ typing: true });
    }, 80);
  });
  field.addEventListener("focus", () => (anew = true));
  field.addEventListener("focus", () => today.lengths().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(soon);
    asked.q = field.value;
    write("pushState");
    anew = true;
    answer();
  });
  /* Down and up go between the field and the results; Escape goes back to the field. */
  document.querySelector("main").addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll(".title a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : at === 0 ? field : null, Escape: at >= 0 ? field : null }[event.key];
    if (!to || (document.activeElement !== field && at < 0)) return;
    event.preventDefault();
    to.focus();
  });
  addEventListener("popstate", () => {
    read();
    answer();
  });
  read();
  if (asked.q) answer();
})();
