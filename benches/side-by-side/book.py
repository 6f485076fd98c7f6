"""The same handbook as an mdBook: a chapter for each topic, principle and edition.

mdBook has no taxonomies, so the converter puts the words of the clauses into these chapters;
mdBook is not charged for that. A clause is a heading in the chapter of its edition, with an
address of its own. With `clause_pages` it has a chapter as well, as in the other tools; mdBook
copies the list of all chapters for each page it makes, so that this is for small handbooks.
"""

import shutil
from pathlib import Path

from clauses import Authority, Clause, Edition, Handbook

SETTING = Path(__file__).parent / "mdbook"


def write(handbook: Handbook, folder: Path, clause_pages: bool) -> None:
    shutil.copytree(SETTING, folder)
    book = _Book(folder / "src", clause_pages)
    book.chapter(0, handbook.title, "index.md", "")
    current = list(handbook.current_clauses())
    titles = {topic.slug: topic.name for topic in handbook.topics}
    titles |= {slug: name for slug, name, _ in handbook.principles}

    book.chapter(0, "Topics", "topics/index.md", "")
    tagged: dict[tuple[str, str], list] = {}
    for authority, edition, _, clause in current:
        for tag in clause.topics:
            tagged.setdefault(tag, []).append((authority, edition, clause))
    for topic in handbook.topics:
        parts = [topic.scope]
        for aspect, question in topic.aspects.items():
            found = tagged.get((topic.slug, aspect), [])
            parts += [f"## {question}", *(book.words(*it) for it in found)]
        book.chapter(1, topic.name, f"topics/{topic.slug}.md", "\n\n".join(parts))

    book.chapter(0, "Principles", "principles/index.md", "")
    for slug, name, wording in handbook.principles:
        found = [it for it in current if slug in it[3].principles]
        parts = [wording, *(book.words(a, e, clause) for a, e, _, clause in found)]
        book.chapter(1, name, f"principles/{slug}.md", "\n\n".join(parts))

    book.chapter(0, "Authorities", "authorities/index.md", "")
    for authority in handbook.authorities:
        home = f"authorities/{authority.slug}"
        book.chapter(1, authority.name, f"{home}/index.md", "")
        for edition in authority.editions:
            current = edition.name == authority.current
            parts = []
            for heading, clauses in edition.sections:
                parts.append(f"## {heading}" if heading else "")
                for clause in clauses:
                    parts.append(f"### {clause.number}\n\n{clause.text}")
                    if current and not clause_pages:
                        parts += _tags(clause, titles, "../../../topics", "../../../principles")
            title = f"{authority.name}, {edition.name}"
            book.chapter(2, title, f"{home}/{edition.name}/index.md", "\n\n".join(parts))
            if not (current and clause_pages):
                continue
            for clause in (it for _, clauses in edition.sections for it in clauses):
                tags = _tags(clause, titles, "../../../topics", "../../../principles")
                text = "\n\n".join([clause.text, *tags])
                name = f"{authority.name} {clause.number}"
                book.chapter(3, name, f"{home}/{edition.name}/{clause.id}.md", text)
    book.finish()


def _tags(clause: Clause, titles: dict[str, str], topics: str, principles: str) -> list[str]:
    tags = [f"[{titles[it]}]({topics}/{it}.md)" for it, _ in clause.topics]
    tags += [f"[{titles[it]}]({principles}/{it}.md) ({why})" for it, why in clause.principles.items()]
    return tags


class _Book:
    """Writes chapters and remembers them for the summary, without which mdBook sees none."""

    def __init__(self, folder: Path, clause_pages: bool):
        self.folder = folder
        self.clause_pages = clause_pages
        self.summary = ["# Summary\n\n"]

    def chapter(self, depth: int, title: str, path: str, text: str) -> None:
        self.summary.append(f"{'  ' * depth}- [{title}]({path})\n")
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {title}\n\n{text}")

    def words(self, authority: Authority, edition: Edition, clause: Clause) -> str:
        """A clause in the chapter of a topic or principle: where it stands, and its words."""
        home = f"../authorities/{authority.slug}/{edition.name}"
        # mdBook makes the anchor of a heading from its letters and digits.
        anchor = "".join(it for it in clause.number.lower() if it.isalnum() or it in "-_")
        link = f"{home}/{clause.id}.md" if self.clause_pages else f"{home}/index.md#{anchor}"
        return f"### [{authority.name} {clause.number}]({link})\n\n{clause.text}"

    def finish(self) -> None:
        (self.folder / "SUMMARY.md").write_text("".join(self.summary))
