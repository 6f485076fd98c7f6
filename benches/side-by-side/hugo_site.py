"""The same handbook as a Hugo site: one content file a clause, taxonomies for the rest.

A clause of the current edition is a page; topics and principles are Hugo's own taxonomies; an
edition lists its pages with their words. The text of an earlier edition, whose clauses have no
page of their own here (nor in Handbook), is the text of its edition's page.
"""

import json
import shutil
from pathlib import Path

from clauses import Authority, Edition, Handbook

TEMPLATES = Path(__file__).parent / "hugo"


def write(handbook: Handbook, folder: Path) -> None:
    shutil.copytree(TEMPLATES, folder)
    content = folder / "content"
    _page(content / "_index.md", {"title": handbook.title})
    _page(content / "authorities/_index.md", {"title": "Authorities"})
    for topic in handbook.topics:
        words = {"title": topic.name, "description": topic.scope, "questions": topic.aspects}
        _page(content / f"topics/{topic.slug}/_index.md", words)
    for slug, name, wording in handbook.principles:
        _page(content / f"principles/{slug}/_index.md", {"title": name, "description": wording})
    weight = 0
    for authority in handbook.authorities:
        home = content / "authorities" / authority.slug
        _page(home / "_index.md", {"title": authority.name})
        for edition in authority.editions:
            weight = _edition(authority, edition, home / edition.name, weight)


def _edition(authority: Authority, edition: Edition, folder: Path, weight: int) -> int:
    current = edition.name == authority.current
    old = []
    for heading, clauses in edition.sections:
        old.append(f"## {heading}\n" if heading else "")
        for clause in clauses:
            old.append(f"### {clause.number}\n\n{clause.text}")
            if current:
                weight += 1
                front = {
                    "title": f"{authority.name} {clause.number}",
                    "number": clause.number,
                    "section": heading,
                    "weight": weight,
                    "topics": list(dict.fromkeys(topic for topic, _ in clause.topics)),
                    "aspects": [f"{topic}/{aspect}" for topic, aspect in clause.topics],
                    "principles": list(clause.principles),
                    "basis": clause.principles,
                }
                _page(folder / f"{clause.id}.md", front, clause.text)
    front = {"title": f"{edition.title}, {authority.name}, {edition.name}", "layout": "edition"}
    _page(folder / "_index.md", front, "" if current else "\n".join(old))
    return weight


def _page(file: Path, front: dict, text: str = "") -> None:
    """A content file; JSON values are YAML values, and no quote or colon can go wrong."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items()]
    file.write_text(f"---\n{''.join(lines)}---\n{text}")
