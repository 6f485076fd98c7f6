"""What was measured, as Markdown."""

from statistics import median

from measure import Output, Run

Runs = dict[str, list[Run]]

HEAD = """\
| clauses | what | wall, median (least–most) | CPU | peak memory | files | size | largest page | wall ÷ `cp -r` of its output |
|--:|---|--:|--:|--:|--:|--:|--:|--:|"""


def seconds(runs: list[Run]) -> float:
    return median(it.wall for it in runs)


def rows(clauses: int, runs: Runs, copies: Runs, outputs: dict[str, Output]) -> list[str]:
    return [_row(clauses, what, runs[what], copies, outputs) for what in runs]


def _row(clauses: int, what: str, runs: list[Run], copies: Runs, outputs: dict[str, Output]) -> str:
    walls = [it.wall for it in runs]
    spread = f" ({_s(min(walls))}–{_s(max(walls))})" if len(walls) > 1 else " (once)"
    cells = [f"{clauses:,}", what, f"{_s(median(walls))} s{spread}"]
    cells += [f"{_s(median(it.cpu for it in runs))} s", f"{max(it.memory for it in runs):,.0f} MB"]
    if output := outputs.get(what):
        cells += [f"{output.files:,}", f"{output.size:,.0f} MB", f"{output.largest_page:,.0f} kB"]
        copy = seconds(copies[what])
        cells.append(f"{seconds(runs) / copy:.1f} (`cp -r`: {_s(copy)} s)")
    else:
        cells += [""] * 4
    return f"| {' | '.join(cells)} |"


def _s(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def ratios(measured: dict[int, Runs]) -> list[str]:
    """The figures that do not depend much on the machine."""
    lines = []
    for clauses, runs in measured.items():
        full = seconds(runs["Handbook"])
        others = [f"{full / seconds(runs[it]):.2f} × {it}" for it in runs if "Handbook" not in it]
        again = [f"{seconds(runs[it]) / full:.2f} ×, {it.split(', ')[1]}" for it in runs if "Handbook," in it]
        lines.append(f"- {clauses:,} clauses: Handbook takes {', '.join(others)}. Built again: {'; '.join(again)}.")
    if len(measured) > 1:
        few, many = min(measured), max(measured)
        parts = []
        for what in measured[few]:
            if what in measured[many] and "," not in what:
                ratio = seconds(measured[many][what]) / many / (seconds(measured[few][what]) / few)
                parts.append(f"{what} {ratio:.2f} ×")
        lines.append(f"- Time per clause at {many:,} against {few:,}: {', '.join(parts)}.")
    return lines
