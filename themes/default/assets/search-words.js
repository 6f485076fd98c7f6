/* From text to tokens, as the index has them: the same as `site::search::words` does when the
   site is made. `tests/search/words.json` holds both to it. */
"use strict";
(() => {
  const STOP_WORDS = new Set(
    `a about am an and any are as at be been being but by can could did do does for from had has have he her his how i if
     in into is it its me my of on or our she so some such than that the their them then there these they this those to us was
     we were what when where which why with would you your`.split(/\s+/),
  );

  /* The text with what tells words apart in print alone taken away. */
  const normal = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[’‘ʼ]/g, "'")
      .replace(/[^\p{Alphabetic}\p{N}.'\-_]/gu, " ")
      .split(" ")
      .filter(Boolean)
      .map((word) => word.replace(/'s$/, "").replaceAll("e-mail", "email"))
      .join(" ");

  /* Words cut as the tokens of the index are: at spaces and hyphens, other marks off their ends. */
  const cut = (text) =>
    normal(text)
      .split(/[\s-]+/)
      .map((word) => word.replace(/^[^a-z0-9_]+|[^a-z0-9_]+$/g, ""))
      .filter(Boolean);

  /* Stems, after M. F. Porter, An algorithm for suffix stripping (1980), with the departures of
     elasticlunr. A shape spells each letter as c or v, so that the measure of a stem is how
     often a v comes before a c. */
  const shape = (letters) => {
    let shape = "";
    for (const letter of letters) {
      const vowel = "aeiou".includes(letter) || (letter === "y" && shape.endsWith("c"));
      shape += vowel ? "v" : "c";
    }
    return shape;
  };
  const measure = (letters) => shape(letters).split("vc").length - 1;
  const isShort = (letters) => shape(letters).endsWith("cvc") && !/[wxy]$/.test(letters);
  const isDouble = (letters) => /([^aeiou])\1$/.test(letters) && shape(letters).endsWith("c");

  const SECOND = [
    ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["bli", "ble"],
    ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"], ["ization", "ize"], ["ation", "ate"],
    ["ator", "ate"], ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"],
    ["iviti", "ive"], ["biliti", "ble"], ["logi", "log"],
  ];
  const THIRD = [["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""], ["ness", ""]];
  const FOURTH = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize",
  ];
  const replace = (word, endings) => {
    const found = endings.find(([ending]) => word.endsWith(ending));
    if (!found) return word;
    const rest = word.slice(0, -found[0].length);
    return measure(rest) > 0 ? rest + found[1] : word;
  };

  const stem = (word) => {
    if (word.length < 3) return word;
    if (word.endsWith("sses") || word.endsWith("ies")) word = word.slice(0, -2);
    else if (/[^s]s$/.test(word)) word = word.slice(0, -1);

    const ending = /(ed|ing)$/.exec(word)?.[0];
    if (word.endsWith("eed")) {
      if (measure(word.slice(0, -3)) > 0) word = word.slice(0, -1);
    } else if (ending && shape(word.slice(0, -ending.length)).includes("v")) {
      word = word.slice(0, -ending.length);
      if (/(at|bl|iz)$/.test(word)) word += "e";
      else if (isDouble(word) && !/[lsz]$/.test(word)) word = word.slice(0, -1);
      else if (measure(word) === 1 && isShort(word)) word += "e";
    }
    if (word.length > 2) word = word.replace(/([^aeiou])y$/, "$1i");
    word = replace(replace(word, SECOND), THIRD);

    const fourth = FOURTH.find((it) => word.endsWith(it) && (it !== "ion" || /[st]ion$/.test(word)));
    if (fourth && measure(word.slice(0, -fourth.length)) > 1) word = word.slice(0, -fourth.length);

    const whole = measure(word);
    if (word.endsWith("e") && (whole > 1 || (whole === 1 && !isShort(word.slice(0, -1))))) word = word.slice(0, -1);
    if (word.endsWith("ll") && whole > 1) word = word.slice(0, -1);
    return word;
  };

  const known = new Map();
  const token = (word) => {
    if (!known.has(word)) known.set(word, STOP_WORDS.has(word) ? "" : stem(word));
    return known.get(word);
  };

  /* Each word of a text with its token; without those of the stop list. */
  const words = (text) => cut(text).map((word) => ({ word, token: token(word) })).filter((it) => it.token);
  const tokens = (text) => words(text).map((it) => it.token);
  /* A label as it is looked up: its letters, digits, points and hyphens. */
  const label = (text) => text.toLowerCase().replace(/[^\p{Alphabetic}\p{N}.\-]/gu, "").replace(/^\.+|\.+$/g, "");

  globalThis.handbookWords = { STOP_WORDS, normal, tokens, words, token, label };
})();
