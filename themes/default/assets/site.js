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
  const copier = (what, text, done) =>
    button("copy", "Copy", what, async (it) => {
      const copied = await copy(text());
      it.focus();
      say(copied ? done : "The browser does not allow copying");
      it.textContent = copied ? "Copied" : "Not copied";
      setTimeout(() => (it.textContent = "Copy"), 2000);
    });

  /* Addresses of clauses and items. */
  const copyOf = (link, what) => copier(`Copy link to ${what}`, () => link.href, "Link copied");
  for (const link of all(".number > a[data-copy]")) link.after(copyOf(link, link.dataset.copy));
  for (const link of all(".single .label > a")) {
    const what = link.getAttribute("aria-label")?.replace("link to ", "") ?? `item ${link.textContent}`;
    link.closest("li").querySelector(".item-words > p")?.append(" ", copyOf(link, what));
  }

  /* Citations: the day of reading is the reader's, so it cannot stand in the page. */
  const today = new Date();
  const words = today.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const digits = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  for (const it of all("[data-read-on]")) it.textContent = ` (read on ${words}).`;
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

  /* For the other scripts of the theme. */
  window.handbook = { all, button, say };
})();
