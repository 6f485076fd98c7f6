"""`words.py CONTENT HANDBOOK HUGO BOOK [PAGES]`: whether each output holds the words it should.

Every clause of the current editions, in each output: on one page of its own (in the smaller
mdBook, once in the chapter of its edition), in each of its topics, under each of its
principles; and every clause of the earlier editions in the page of its edition. All letters and
digits count, tags and spaces do not. Prints how many places were looked at, or stops.
"""

import html
import re
import sys
from pathlib import Path

import clauses


def main() -> None:
    content, *outputs = (Path(it) for it in sys.argv[1:])
    handbook = clauses.read(content)
    for place, output in zip((_Handbook, _Hugo, _Book, _Pages), outputs):
        print(f"{output}: {_check(handbook, place(output))} places hold their words")


def _check(handbook: clauses.Handbook, place) -> int:
    looked = 0
    topics = {it.slug: _letters(*place.topic(it.slug)) for it in handbook.topics}
    principles = {it: _letters(*place.principle(it)) for it, _, _ in handbook.principles}
    own_pages = set()
    for authority in handbook.authorities:
        for edition in authority.editions:
            whole = _letters(place.edition(authority.slug, edition.name))
            current = edition.name == authority.current
            for clause in (it for _, section in edition.sections for it in section):
                parts = [_plain(it) for it in re.split(r"\[\^.*?\]|\n", clause.text)]
                texts = {"edition": whole}
                if current:
                    file = place.clause(authority.slug, edition.name, clause.id)
                    if file:
                        own_pages.add(file)
                        texts["page"] = _letters(file)
                    texts |= {it: topics[it] for it, _ in clause.topics}
                    texts |= {it: principles[it] for it in clause.principles}
                for name, text in texts.items():
                    looked += 1
                    if missing := [it for it in parts if it not in text]:
                        where = f"{authority.slug} {edition.name} {clause.id}"
                        raise SystemExit(f"{place.root}: {name} lacks words of {where}: {missing}")
    expected = sum(1 for _ in handbook.current_clauses())
    there = place.all_clause_pages()
    if place.clause("", "", "") and not len(own_pages) == len(there) == expected:
        raise SystemExit(f"{place.root}: {expected} clauses have {len(there)} pages")
    return looked


def _letters(*files: Path) -> str:
    text = "".join(file.read_text() for file in files)
    return _plain(html.unescape(re.sub(r"<[^>]*>", "", text)))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


class _Place:
    """Where an output keeps what is asked for."""

    def __init__(self, root: Path):
        self.root = root


class _Handbook(_Place):
    def topic(self, slug: str) -> list[Path]:
        return sorted((self.root / "topics" / slug).rglob("*.html"))

    def principle(self, slug: str) -> list[Path]:
        return sorted((self.root / "principles" / slug).rglob("*.html"))

    def edition(self, authority: str, name: str) -> Path:
        return self.root / f"authorities/{authority}/protocol/{name}/index.html"

    def clause(self, authority: str, _: str, id: str) -> Path:
        return self.root / f"authorities/{authority}/clauses/{id}/index.html"

    def all_clause_pages(self) -> list[Path]:
        return list(self.root.glob("authorities/*/clauses/*/index.html"))


class _Hugo(_Place):
    def topic(self, slug: str) -> list[Path]:
        return [self.root / f"topics/{slug}/index.html"]

    def principle(self, slug: str) -> list[Path]:
        return [self.root / f"principles/{slug}/index.html"]

    def edition(self, authority: str, name: str) -> Path:
        return self.root / f"authorities/{authority}/{name}/index.html"

    def clause(self, authority: str, edition: str, id: str) -> Path:
        return self.root / f"authorities/{authority}/{edition}/{id}/index.html"

    def all_clause_pages(self) -> list[Path]:
        return list(self.root.glob("authorities/*/*/*/index.html"))


class _Book(_Place):
    def topic(self, slug: str) -> list[Path]:
        return [self.root / f"topics/{slug}.html"]

    def principle(self, slug: str) -> list[Path]:
        return [self.root / f"principles/{slug}.html"]

    def edition(self, authority: str, name: str) -> Path:
        return self.root / f"authorities/{authority}/{name}/index.html"

    def clause(self, authority: str, edition: str, id: str) -> Path | None:
        return None

    def all_clause_pages(self) -> list[Path]:
        return []


class _Pages(_Book):
    def clause(self, authority: str, edition: str, id: str) -> Path:
        return self.root / f"authorities/{authority}/{edition}/{id}.html"

    def all_clause_pages(self) -> list[Path]:
        pages = self.root.glob("authorities/*/*/*.html")
        return [it for it in pages if it.name != "index.html"]


if __name__ == "__main__":
    main()
