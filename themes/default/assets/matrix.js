/* The coverage in another order: by any column, what is addressed first or last. */
"use strict";
(() => {
  const { all, button, say } = window.handbook;
  /* The states in the order of the legend: what has most to read stands first. */
  const STATES = ["addressed", "in-part", "left-out", "elsewhere", "not-addressed", "several", "not-reviewed", "not-held"];

  for (const table of all("table.matrix")) {
    const head = table.tHead.rows[0];
    const bodies = [...table.tBodies];
    // As printed: each row with the body that it stands in.
    const printed = bodies.flatMap((body) => [...body.rows].map((row) => [row, body]));
    const rows = printed.map(([row]) => row).filter((row) => !row.classList.contains("group"));
    const name = table.caption.textContent;

    const words = (row) => row.cells[0].textContent.trim();
    // By the kind of what is there and never by how much: more clauses are not better ones.
    const state = (row, at) => {
      const { classList } = row.cells[at].querySelector(".standing");
      return STATES.findIndex((it) => classList.contains(it));
    };
    const compare = (at, up) => (a, b) => {
      const names = words(a).localeCompare(words(b), "en");
      if (at === 0) return up ? names : -names;
      return (up ? 1 : -1) * (state(a, at) - state(b, at)) || names;
    };

    const clear = () => {
      for (const it of head.cells) it.removeAttribute("aria-sort");
      for (const it of all("thead button", table)) it.textContent = "⇅";
    };
    const reset = button("reset", `Back to the usual order`, `Back to the usual order of ${name}`, () => {
      clear();
      for (const [row, body] of printed) {
        row.hidden = false;
        body.append(row);
      }
      reset.hidden = true;
      head.querySelector("button").focus();
      say("In the usual order");
    });
    reset.hidden = true;
    const sort = (at, up) => {
      const sorted = [...rows].sort(compare(at, up));
      for (const [row] of printed) row.hidden = row.classList.contains("group");
      bodies[0].append(...sorted);
      reset.hidden = false;
    };
    [...head.cells].forEach((cell, at) => {
      const label = cell.querySelector("a")?.textContent ?? cell.textContent.trim();
      cell.append(
        button("sort", "⇅", `Sort by ${label}`, (it) => {
          const up = cell.getAttribute("aria-sort") !== "ascending";
          clear();
          cell.setAttribute("aria-sort", up ? "ascending" : "descending");
          it.textContent = up ? "↓" : "↑";
          sort(at, up);
          const order = at === 0 ? (up ? "A to Z" : "Z to A") : up ? "addressed first" : "addressed last";
          say(`Sorted by ${label}, ${order}`);
        }),
      );
    });
    table.before(reset);
    table.classList.add("sortable");
  }
})();
