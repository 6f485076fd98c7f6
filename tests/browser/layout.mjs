// What the eye would find wrong with where things stand. These run in the page.

/** Style laid over the page as a reader's own would be; the page's policy has no say in it. */
export const addStyle = (page, css) =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);

/**
 * What makes the reader scroll sideways. A table may do so in a region of its own, which the
 * keyboard reaches; nothing else may, nor the page with it.
 */
export const sideways = (page) =>
  page.evaluate(() => {
    const regions = ".table-scroll, [role=region][tabindex]";
    const width = document.documentElement.clientWidth;
    const told = (it, why) => `${why}: ${it.outerHTML.slice(0, 140)}`;
    const all = [...document.querySelectorAll("body, body *")].filter((it) => it.checkVisibility());

    const scrollers = all
      .filter((it) => !it.matches(regions) && it.scrollWidth > it.clientWidth + 1)
      .filter((it) => ["auto", "scroll"].includes(getComputedStyle(it).overflowX))
      .map((it) => told(it, "scrolls in itself"));
    if (document.documentElement.scrollWidth <= width) return scrollers;

    const beyond = all
      .filter((it) => it.getBoundingClientRect().right > width + 1 && !it.closest(regions))
      .map((it) => told(it, `reaches to ${Math.round(it.getBoundingClientRect().right)}`));
    return [`the page is ${document.documentElement.scrollWidth} wide of ${width}`, ...beyond.slice(0, 4), ...scrollers];
  });

/** Elements whose words are cut off, or run out of their cell over the words of another. */
export const clipped = (page) =>
  page.evaluate(() => {
    const cuts = (it) => ["hidden", "clip"].includes(it);
    // What only a screen reader shall have is a pixel large, or clipped to nothing.
    const unseen = (it) => it.clientWidth <= 1 || getComputedStyle(it).clipPath === "inset(50%)";
    return [...document.querySelectorAll("body *")]
      .filter((it) => it.checkVisibility() && it.textContent.trim() && !unseen(it))
      .filter((it) => {
        const style = getComputedStyle(it);
        const wide = it.scrollWidth > it.clientWidth + 1;
        const high = it.scrollHeight > it.clientHeight + 1;
        return (wide && (cuts(style.overflowX) || it.matches("td, th"))) || (high && cuts(style.overflowY));
      })
      .map((it) => it.outerHTML.slice(0, 140));
  });
