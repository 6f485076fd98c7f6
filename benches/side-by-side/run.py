"""Handbook, Hugo and mdBook on the same clauses, side by side in one run.

python3 benches/side-by-side/run.py [--clauses 4000 40000] [--rounds 3] [--keep DIR]

Needs the Rust toolchain, Python 3.11 or newer and, the first time, the registries of Rust and
Python; all else is below `target/side-by-side`. Linux only. Prints Markdown.
"""

import argparse
import datetime
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import measure
import table
import tools

HERE = Path(__file__).parent
FULL, SAME, EDITED = "Handbook", "Handbook, nothing changed", "Handbook, one clause changed"
# By then a publication before is kept, whose folder becomes the new one.
LATER = "Handbook, one clause changed again"
HUGO, BOOK, PAGES = "Hugo", "mdBook", "mdBook with a page a clause"
# mdBook's time grows with the square of its pages: a page a clause only up to here.
PAGES_UP_TO = 4000
EDITS = {EDITED: " This sentence was not there before.", LATER: " Nor was this one."}


class Size:
    """One handbook for all tools, and what was measured with it."""

    def __init__(self, clauses: int, work: Path, programs: dict[str, Path]):
        self.work = work
        self.programs = programs
        self.content = work / "content"
        self.log = work / "log.txt"
        self.runs: table.Runs = {}
        self.copies: table.Runs = {}
        self.outputs: dict[str, measure.Output] = {}
        work.mkdir(parents=True)
        subprocess.run([programs["generate"], str(clauses), self.content], check=True, stdout=sys.stderr)
        self.names = {FULL: "handbook", HUGO: "hugo", BOOK: "book"}
        if clauses <= PAGES_UP_TO:
            self.names[PAGES] = "pages"
        pages = self.source(PAGES) if PAGES in self.names else "-"
        self.python("convert.py", self.content, self.source(HUGO), self.source(BOOK), pages)

    def source(self, what: str) -> Path:
        return self.work / f"{self.names[what]}-source"

    def python(self, script: str, *words) -> None:
        subprocess.run([sys.executable, HERE / script, *words], check=True, stdout=sys.stderr)

    def command(self, what: str, out: Path) -> list:
        if what == FULL:
            return [self.programs["handbook"], "build", "--content", self.content, "--out", out]
        if what == HUGO:
            return [self.programs["hugo"], "--source", self.source(what), "--destination", out]
        return [self.programs["mdbook"], "build", self.source(what), "--dest-dir", out]

    def round(self, number: int) -> None:
        """Each tool once, into folders that nothing was ever deleted from, and its copy."""
        place = self.work / f"round-{number}"
        place.mkdir()
        outs = {what: place / name for what, name in self.names.items() if what != PAGES or number == 1}
        for what, out in outs.items():
            self.measure(self.runs, what, self.command(what, out))
            self.outputs[what] = measure.output(out)
            self.measure(self.copies, what, ["cp", "-r", out, place / f"copy-{out.name}"])
        if number == 1:
            self.python("words.py", self.content, *outs.values())
        self.again(place / "handbook")

    def again(self, out: Path) -> None:
        """Handbook into the folder that it has just written, before and after edits."""
        self.measure(self.runs, SAME, self.command(FULL, out))
        home = sorted((self.content / "authorities").iterdir())[-1]
        clause = home / "protocol/2023-05/05-section-5/5.5.md"
        page = out / f"authorities/{home.name}/clauses/5.5/index.html"
        words = clause.read_bytes()
        for what, edit in EDITS.items():
            clause.write_bytes(words.rstrip(b"\n") + edit.encode() + b"\n")
            self.measure(self.runs, what, self.command(FULL, out))
            if edit.strip() not in page.read_text():
                raise SystemExit(f"{page} does not show the edit")
        clause.write_bytes(words)

    def measure(self, into: table.Runs, what: str, command: list) -> None:
        run = measure.run(command, self.log)
        into.setdefault(what, []).append(run)
        print(f"  {Path(command[0]).name}, {what}: {run.wall:.2f} s", file=sys.stderr)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--clauses", type=int, nargs="+", default=[4000, 40000])
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--keep", type=Path, metavar="DIR", help="work in DIR, a new folder, and keep it")
    ask.add_argument("--programs", type=Path, metavar="DIR", help="where handbook and examples/generate are built already")
    asked = ask.parse_args()

    home = tools.REPOSITORY / "target/side-by-side"
    home.mkdir(parents=True, exist_ok=True)
    if asked.programs:
        handbook, generate = asked.programs / "handbook", asked.programs / "examples/generate"
    else:
        handbook, generate = tools.handbook()
    programs = {"handbook": handbook, "generate": generate}
    programs |= {"hugo": tools.hugo(home / "tools"), "mdbook": tools.mdbook(home / "tools")}
    if asked.keep:
        asked.keep.mkdir(parents=True)
    work = (asked.keep or Path(tempfile.mkdtemp(dir=home))).resolve()
    try:
        compare(asked.clauses, asked.rounds, work, programs)
    finally:
        if not asked.keep:
            shutil.rmtree(work)


def compare(sizes: list[int], rounds: int, work: Path, programs: dict[str, Path]) -> None:
    versions = [
        tools.version(programs["handbook"], "--version"),
        tools.version(programs["hugo"], "version").split("-")[0],
        tools.version(programs["mdbook"], "--version"),
    ]
    day = datetime.date.today().isoformat()
    print(f"{day}, {rounds} rounds, {tools.machine(work)}; {', '.join(versions)}.\n")
    print(table.HEAD, flush=True)
    measured = {}
    for clauses in sizes:
        print(f"{clauses} clauses", file=sys.stderr)
        size = Size(clauses, work / str(clauses), programs)
        for number in range(1, rounds + 1):
            print(f" round {number} of {rounds}", file=sys.stderr)
            size.round(number)
        print("\n".join(table.rows(clauses, size.runs, size.copies, size.outputs)), flush=True)
        measured[clauses] = size.runs
    print("\n".join(["", *table.ratios(measured), ""]))
    print((HERE / "differences.md").read_text(), end="")


if __name__ == "__main__":
    main()
