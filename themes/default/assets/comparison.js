/* Which councils stand side by side, and in which order: kept in the address, so that the
   choice can be shared. Without it all of them are there. */
"use strict";
(() => {
  const table = document.querySelector("table.comparison");
  if (!table) return;
  const { all, button, say } = window.handbook;
  const MOST_IN_ROOM = Number(table.dataset.room);

  const councils = all("thead [data-council]", table).map((heading, index) => ({
    slug: heading.dataset.council,
    name: heading.querySelector("a").textContent,
    cells: [heading, ...all("tbody tr", table).map((row) => row.querySelectorAll("td")[index])],
  }));
  if (councils.length < 2) return;
  const known = new Map(councils.map((it) => [it.slug, it]));
  const rows = all("tbody tr", table);
  const featured = table.dataset.featured.split(" ").filter((it) => known.has(it));
  const everyone = councils.map((it) => it.slug);
  const usual =
    councils.length > MOST_IN_ROOM ? (featured.length ? featured : everyone.slice(0, MOST_IN_ROOM)) : everyone;

  /* The choice: slugs in their order, and whether silent questions are hidden. */
  let chosen = usual;
  let hideSilent = false;

  const read = () => {
    const asked = new URLSearchParams(location.search);
    const named = (asked.get("councils") ?? "").split(",").filter((it) => known.has(it));
    chosen = named.length ? [...new Set(named)] : usual;
    hideSilent = asked.get("silent") === "hide";
    includeTarget();
  };
  const write = () => {
    const asked = new URLSearchParams(location.search);
    const isUsual = chosen.join() === usual.join();
    isUsual ? asked.delete("councils") : asked.set("councils", chosen.join(","));
    hideSilent ? asked.set("silent", "hide") : asked.delete("silent");
    const search = String(asked).replaceAll("%2C", ",");
    history.replaceState(null, "", location.pathname + (search && `?${search}`) + location.hash);
  };
  /* A link to a council's answer shows it, whatever was chosen. */
  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const includeTarget = () => {
    const cell = target()?.closest("td");
    const owner = cell && councils.find((it) => it.cells.includes(cell));
    if (owner && !chosen.includes(owner.slug)) chosen = [...chosen, owner.slug];
    if (target()?.closest("tr")) hideSilent = false;
  };

  /* The form. */
  const chooser = document.createElement("details");
  chooser.className = "chooser";
  const summary = document.createElement("summary");
  const list = document.createElement("ol");
  list.setAttribute("role", "list");
  const entries = new Map(
    councils.map((council) => {
      const entry = document.createElement("li");
      const label = document.createElement("label");
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", name: "council", value: council.slug });
      box.addEventListener("change", () => {
        chosen = box.checked ? [...chosen, council.slug] : chosen.filter((it) => it !== council.slug);
        change();
      });
      label.append(box, council.name);
      const move = (by) => (it) => {
        const at = chosen.indexOf(council.slug);
        const order = chosen.filter((it) => it !== council.slug);
        order.splice(at + by, 0, council.slug);
        chosen = order;
        change();
        (it.disabled ? entry.querySelector("button:enabled") : it)?.focus();
      };
      const earlier = button("earlier", "↑", `Move ${council.name} earlier`, move(-1));
      const later = button("later", "↓", `Move ${council.name} later`, move(1));
      entry.append(label, earlier, later);
      return [council.slug, { entry, box, earlier, later }];
    }),
  );
  const silentLabel = document.createElement("label");
  const silent = document.createElement("input");
  Object.assign(silent, { type: "checkbox", name: "silent" });
  silent.addEventListener("change", () => {
    hideSilent = silent.checked;
    change();
  });
  silentLabel.append(silent, "Hide questions on which none of them has a clause");
  const actions = document.createElement("p");
  actions.className = "actions";
  actions.append(
    button("all", "Show all", null, () => {
      chosen = [...chosen, ...everyone.filter((it) => !chosen.includes(it))];
      change();
    }),
    button("reset", "Reset", null, () => {
      chosen = usual;
      hideSilent = false;
      change();
    }),
  );
  chooser.append(summary);
  if (councils.length > 12) {
    const find = document.createElement("input");
    Object.assign(find, { type: "search", placeholder: "Find a council" });
    find.setAttribute("aria-label", "Find a council in this list");
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      for (const { slug, name } of councils) {
        entries.get(slug).entry.hidden = !name.toLowerCase().includes(wanted);
      }
    });
    chooser.append(find);
  }
  chooser.append(list, silentLabel, actions);

  const roomy = matchMedia("(min-width: 64rem)");
  roomy.addEventListener("change", () => show());

  /* What is chosen, put into the page. */
  const frame = table.parentElement;
  const show = () => {
    const shown = chosen.map((it) => known.get(it));
    const hidden = councils.filter((it) => !chosen.includes(it.slug));
    [table.querySelector("thead tr"), ...rows].forEach((row, at) => {
      row.append(...[...shown, ...hidden].map((it) => it.cells[at]));
    });
    for (const { slug, cells } of councils) for (const cell of cells) cell.hidden = !chosen.includes(slug);
    for (const row of rows) {
      const isSilent = all("td:not([hidden])", row).every((it) => it.classList.contains("silent"));
      row.classList.toggle("all-silent", isSilent);
      row.hidden = hideSilent && isSilent;
    }
    table.classList.toggle("many", false);
    const wide = chosen.length > MOST_IN_ROOM;
    frame.classList.toggle("wide", wide);
    // On a narrow screen they stand one below another, and nothing scrolls sideways.
    if (wide && roomy.matches) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", "Comparison, scrolls sideways");
    } else {
      for (const it of ["tabindex", "role", "aria-label"]) frame.removeAttribute(it);
    }
    // Entries that stand where they should are left there, or they would lose the focus.
    [...shown, ...hidden].forEach((it, at) => {
      const { entry } = entries.get(it.slug);
      if (list.children[at] !== entry) list.insertBefore(entry, list.children[at] ?? null);
    });
    for (const [slug, { box, earlier, later }] of entries) {
      const at = chosen.indexOf(slug);
      box.checked = at >= 0;
      // One at least stays.
      box.disabled = chosen.length === 1 && box.checked;
      earlier.hidden = later.hidden = at < 0;
      earlier.disabled = at <= 0;
      later.disabled = at === chosen.length - 1;
    }
    silent.checked = hideSilent;
    summary.textContent = `Choose councils: ${chosen.length} of ${councils.length} shown`;
  };
  const change = () => {
    show();
    write();
    const away = rows.filter((it) => it.hidden).length;
    const silence = away ? `; ${away} of ${rows.length} questions hidden` : "";
    say(`${chosen.length} of ${councils.length} councils shown${silence}`);
  };

  read();
  show();
  frame.before(chooser);
  addEventListener("hashchange", () => {
    includeTarget();
    show();
    target()?.scrollIntoView();
  });
  // What the browser went to before the columns changed their places.
  if (location.hash) target()?.scrollIntoView();
})();
