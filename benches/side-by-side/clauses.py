"""Reads the handbook that `examples/generate.rs` writes, as plain data for the converters.

It understands only what the generator writes and stops at anything else, so that no tool is
given another text than the others without anyone noticing.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Clause:
    """One clause file: its tags and its words, as they stand in the file."""

    id: str
    number: str  # as printed; the id where none is
    topics: list[tuple[str, str]]  # (topic, aspect), home topic first
    principles: dict[str, str]  # slug -> on what the tag rests
    text: str


@dataclass
class Edition:
    """One text of an authority: its sections in order, each with its clauses in order."""

    name: str
    title: str
    sections: list[tuple[str, list[Clause]]] = field(default_factory=list)  # (heading, clauses)


@dataclass
class Authority:
    slug: str
    name: str
    current: str  # the name of the edition whose clauses have pages
    editions: list[Edition]  # oldest first


@dataclass
class Topic:
    slug: str
    name: str
    scope: str
    aspects: dict[str, str]  # slug -> question


@dataclass
class Handbook:
    title: str
    authorities: list[Authority]
    topics: list[Topic]
    principles: list[tuple[str, str, str]]  # (slug, name, wording)

    def current_clauses(self):
        """(authority, edition, section heading, clause) of every clause that has a page."""
        for authority in self.authorities:
            for edition in authority.editions:
                if edition.name == authority.current:
                    for heading, clauses in edition.sections:
                        for clause in clauses:
                            yield authority, edition, heading, clause


def read(folder: Path) -> Handbook:
    title = _field(folder / "handbook.yaml", "title")
    authorities = [_authority(it) for it in sorted((folder / "authorities").iterdir())]
    return Handbook(title, authorities, _topics(folder), _principles(folder))


def _authority(folder: Path) -> Authority:
    file = folder / "authority.yaml"
    editions = [_edition(it) for it in sorted((folder / "protocol").iterdir())]
    return Authority(folder.name, _field(file, "name"), _field(file, "current"), editions)


def _edition(folder: Path) -> Edition:
    edition = Edition(folder.name, _field(folder / "edition.yaml", "title"))
    for section in sorted(it for it in folder.iterdir() if it.is_dir()):
        about = (section / "_section.md").read_text()
        if "kind: front\n" in about:
            continue  # its one file holds the title again, which is no clause
        heading = re.search(r'^heading: "(.*)"$', about, re.M)
        order = re.search(r"^clauses: \[(.*)\]$", about, re.M)[1]
        order = re.sub(r"\{heading: \".*?\"\}", "", order)
        names = [it.strip().strip('"') for it in order.split(",") if it.strip()]
        files = {it.stem for it in section.glob("*.md")} - {"_section"}
        if files != set(names):
            raise SystemExit(f"{section}: the list of clauses is not that of the files")
        clauses = [_clause(section / f"{name}.md") for name in names]
        edition.sections.append((heading[1] if heading else "", clauses))
    return edition


def _clause(file: Path) -> Clause:
    _, front, text = file.read_text().split("---\n", 2)
    clause = {"number": None, "topics": [], "principles": {}}
    for line in front.splitlines():
        key, value = re.fullmatch(r"( *[a-z_-]+):(?: (.*))?", line).groups()
        value = (value or "").strip('"')
        if key in ("id", "number"):
            clause[key] = value
        elif key == "topics":
            clause[key] = [tuple(it.split("/")) for it in value.strip("[]").split(", ")]
        elif key.startswith("  "):  # below `principles`
            basis, why = re.fullmatch(r"\{basis: (\w+), why: (.*)\}", value).groups()
            clause["principles"][key.strip()] = f"{basis}: {why}"
        elif key not in ("principles", "kind", "mark_in"):
            raise SystemExit(f"{file}: the converter does not know `{key}`")
    clause["number"] = clause["number"] or clause["id"]
    return Clause(text=text, **clause)


def _topics(folder: Path) -> list[Topic]:
    """Lists of what readers ask, and comments, are for Handbook alone."""
    topics = []
    aspect = None
    passed_over = r" *#.*|groups:|topics:|  - \{slug: .*\}|    (group|note|aspects|asked):.*|        asked:.*"
    file = folder / "topics.yaml"
    for line in file.read_text().splitlines():
        if found := re.fullmatch(r"  - slug: (.*)", line):
            topics.append(Topic(found[1], "", "", {}))
        elif found := re.fullmatch(r"    (name|scope): (.*)", line):
            setattr(topics[-1], found[1], _plain(found[2]))
        elif found := re.fullmatch(r"      - slug: (.*)", line):
            aspect = found[1]
        elif found := re.fullmatch(r"        question: (.*)", line):
            topics[-1].aspects[aspect] = _plain(found[1])
        elif line.strip() and not re.fullmatch(passed_over, line):
            raise SystemExit(f"{file}: the converter does not know `{line}`")
    if len(topics) != 30:
        raise SystemExit(f"{file}: {len(topics)} topics read, not 30")
    if not all(it.name and it.scope and it.aspects for it in topics):
        raise SystemExit(f"{file}: a topic without a name, a scope or aspects was read")
    return topics


def _principles(folder: Path) -> list[tuple[str, str, str]]:
    text = (folder / "principles.yaml").read_text()
    found = re.findall(r'^  - slug: (.*)\n    name: (.*)\n    wording: "(.*)"$', text, re.M)
    if len(found) != 7:
        raise SystemExit(f"principles.yaml: {len(found)} principles read, not 7")
    return found


def _field(file: Path, key: str) -> str:
    return _plain(re.search(rf"^{key}: (.*)$", file.read_text(), re.M)[1])


def _plain(value: str) -> str:
    """A YAML value of one line without its quotes."""
    if value.startswith("'"):
        return value[1:-1].replace("''", "'")
    return value.strip('"')
