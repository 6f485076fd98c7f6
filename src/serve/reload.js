/* Keeps the page that is open the newest there is, while `handbook watch` runs. This file and its
   style sheet are added to pages by the preview; published pages hold neither. */
"use strict";
(() => {
  let { tag } = document.currentScript.dataset;
  const here = location.pathname.replace(/\/index\.html$/, "/");

  /* The tag of this page as it would be sent now. */
  const tagNow = async () => {
    const answer = await fetch(location.pathname + location.search, { method: "HEAD", cache: "no-store" });
    return answer.headers.get("etag")?.replaceAll('"', "");
  };

  /* ---- What is wrong ---- */

  let banner;
  const make = (name, words, within) => {
    const made = document.createElement(name);
    made.textContent = words;
    within.append(made);
    return made;
  };
  const show = (troubles) => {
    if (troubles.length === 0) {
      banner?.remove();
      banner = undefined;
      return;
    }
    const fresh = document.createElement("aside");
    fresh.className = "handbook-watch";
    fresh.setAttribute("role", "alert");
    fresh.setAttribute("aria-label", "Preview");
    fresh.tabIndex = 0;
    for (const { title, faults, more } of troubles) {
      make("strong", title, fresh);
      const list = make("ul", "", fresh);
      for (const { place, message, hint } of faults) {
        const item = make("li", "", list);
        if (place) make("code", place, item);
        make("span", message, item);
        if (hint) make("em", hint, item);
      }
      if (more > 0) make("li", `and ${more} more`, list);
    }
    if (banner) banner.replaceWith(fresh);
    else document.body.append(fresh);
    banner = fresh;
  };

  /* ---- The clause that was edited ---- */

  /* Whether another tab shows a page, or is about to go there. One that is just being loaded again
     cannot answer, so each says so before, and when it is there. */
  const tabs = new BroadcastChannel("handbook-watch");
  const self = Math.random();
  const told = new Map();
  let asked;
  const tell = (path) => tabs.postMessage({ path, open: true });
  tabs.addEventListener("message", ({ data }) => {
    if (data.open) {
      told.set(data.path, performance.now());
      return;
    }
    const first = data.path === asked && self < data.self;
    if (data.path === here || first) tell(data.path);
  });
  tell(here);
  const isOpenElsewhere = async (path) => {
    asked = path;
    tabs.postMessage({ path, self });
    await new Promise((done) => setTimeout(done, 300));
    asked = undefined;
    return performance.now() - (told.get(path) ?? -Infinity) < 2000;
  };
  const isBusy = () => {
    const { activeElement } = document;
    const writes = activeElement?.matches("textarea, select, input, [contenteditable]");
    return writes || !document.getSelection().isCollapsed;
  };

  /* ---- What changed ---- */

  /* Puts new style sheets in the place of old ones; whether this page has any of them. */
  const dress = (styles) => {
    const now = new Map(styles);
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const old = links.filter((it) => now.has(new URL(it.href).pathname));
    for (const link of old) {
      const fresh = link.cloneNode();
      fresh.href = now.get(new URL(link.href).pathname);
      // Both stand for an instant, so that the page is never without.
      fresh.addEventListener("load", () => link.remove());
      fresh.addEventListener("error", () => location.reload());
      link.after(fresh);
    }
    return old.length > 0;
  };

  const follow = async ({ troubles, styles, clause, pages }, known) => {
    show(troubles);
    if (clause === here) tell(here);
    if (!pages && known) return;
    const now = await tagNow();
    if (now === tag) {
      if (known && clause && clause !== here && !isBusy() && !(await isOpenElsewhere(clause))) {
        location.assign(clause);
      }
    } else if (known && styles.length > 0 && dress(styles)) {
      tag = now;
    } else {
      // The browser comes back to where the reader was.
      location.reload();
    }
  };

  /* ---- News, one after the other, while someone looks ---- */

  let last = Promise.resolve();
  const take = (known) => ({ data }) => {
    const news = JSON.parse(data);
    // If the preview has just ended there is nothing to follow; it says so below.
    last = last.then(() => follow(news, known)).catch(() => {});
  };
  let source;
  const listen = () => {
    source?.close();
    source = new EventSource("/-/news");
    source.addEventListener("state", take(false));
    source.addEventListener("news", take(true));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
      const title = "The preview has ended; this page is no longer kept new.";
      const gone = source;
      setTimeout(() => {
        if (source === gone && source.readyState !== EventSource.OPEN && !document.hidden) {
          show([{ title, faults: [], more: 0 }]);
        }
      }, 1500);
    });
  };
  // A browser opens few connections to one server: tabs that nobody sees keep none.
  const attend = () => {
    if (document.hidden) source?.close();
    else listen();
  };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", (it) => it.persisted && attend());
  addEventListener("pagehide", () => source?.close());
  attend();
})();
