/* What a page can do only where scripts run. Everything that is read is there without it. */
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* One line for what happened, read out without moving the focus. */
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);
  const say = (words) => {
    // The same words twice in a row are read out twice only if the line was empty between.
    status.textContent = "";
    setTimeout(() => (status.textContent = words), 50);
  };

  const button = (className, words, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = words;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", () => act(made));
    return made;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // An address without https has no clipboard of this kind; the older way still works.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const copied = document.execCommand("copy");
      field.remove();
      return copied;
    }
  };
  const copier = (what, text, done, words = "Copy") =>
    button("copy", words, what, async (it) => {
      const copied = await copy(text());
      it.focus();
      say(copied ? done : "The browser does not allow copying");
      it.textContent = copied ? "Copied" : "Not copied";
      setTimeout(() => (it.textContent = words), 2000);
    });

  /* Addresses of clauses and items. */
  const copyOf = (link, what) => {
    // Where a reader came from is no part of what is cited.
    const address = new URL(link.href);
    address.search = "";
    return copier(`Copy link to ${what}`, () => address.href, "Link copied", "Copy link");
  };
  for (const link of all(".number > a[data-copy]")) link.after(copyOf(link, link.dataset.copy));
  for (const link of all(".single .label > a")) {
    const what = link.getAttribute("aria-label")?.replace("link to ", "") ?? `item ${link.textContent}`;
    link.closest("li").querySelector(".item-words > p")?.append(" ", copyOf(link, what));
  }

  /* Citations: the day of reading is the reader's, so it cannot stand in the page. */
  const today = new Date();
  const day = today.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const digits = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  for (const it of all("[data-read-on]")) it.textContent = ` (read on ${day}).`;
  for (const it of all("[data-urldate]")) {
    it.textContent = `  urldate = {${digits.map((it) => String(it).padStart(2, "0")).join("-")}},\n`;
  }
  for (const it of all("[data-citation]")) {
    it.after(copier(`Copy the citation ${it.dataset.citation}`, () => it.textContent.trim(), "Citation copied"));
  }

  /* The list of contents shows where the reader is. */
  const entries = all(".with-contents > .contents a").map((link) => [
    link,
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  ]);
  if (entries.length) {
    const mark = () => {
      const line = innerHeight / 4;
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const passed = entries.filter(([, part]) => part && part.getBoundingClientRect().top <= line);
      const [here] = (atEnd ? entries.at(-1) : passed.at(-1)) ?? [];
      for (const [link] of entries) {
        if (link !== here) link.removeAttribute("aria-current");
        else if (!link.hasAttribute("aria-current")) {
          link.setAttribute("aria-current", "true");
          // Only the list moves, and only where it scrolls by itself.
          const list = link.closest(".contents");
          const [top, bottom] = [link.offsetTop - list.offsetTop, link.offsetTop - list.offsetTop + link.offsetHeight];
          if (list.scrollHeight > list.clientHeight && (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight)) {
            list.scrollTop = top - list.clientHeight / 2;
          }
        }
      }
    };
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    mark();
  }

  /* Whoever comes from a search finds the words marked, until they are cleared. */
  const marks = new URLSearchParams(location.search).get("mark")?.toLowerCase().split(" ").filter(Boolean) ?? [];
  const words = document.querySelector(".single .words");
  if (marks.length && words) {
    const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      if (!texts.currentNode.parentElement.closest("button, .label")) found.push(texts.currentNode);
    }
    for (const text of found) {
      const pieces = text.data.split(/([\p{Alphabetic}\p{N}]+(?:[.'’][\p{Alphabetic}\p{N}]+)*)/u);
      if (!pieces.some((it) => marks.includes(it.toLowerCase()))) continue;
      const marked = pieces.map((piece) => {
        if (!marks.includes(piece.toLowerCase())) return piece;
        const mark = document.createElement("mark");
        mark.textContent = piece;
        return mark;
      });
      text.replaceWith(...marked);
    }
    const line = document.createElement("p");
    line.className = "marked editors";
    line.append("Words of your search are marked.", button("clear", "Clear the marks", null, () => {
      for (const mark of all("mark", words)) mark.replaceWith(...mark.childNodes);
      words.normalize();
      line.remove();
      history.replaceState(null, "", location.pathname + location.hash);
      words.closest("article").setAttribute("tabindex", "-1");
      words.closest("article").focus();
      say("Marks cleared");
    }));
    words.closest("article").prepend(line);
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  /* For the other scripts of the theme. */
  window.handbook = { all, button, say };
})();
