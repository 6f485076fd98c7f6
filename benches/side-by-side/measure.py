"""What a program takes, and what it leaves behind."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    wall: float  # seconds
    cpu: float  # seconds of all processors, the system's share included
    memory: float  # most at one time, MB


@dataclass(frozen=True)
class Output:
    files: int
    size: float  # MB
    largest_page: float  # kB, the largest .html


def run(command: list, log: Path) -> Run:
    """Runs `command` to its end; a failure ends everything, with what the program said."""
    # What was written before is on the disk before the clock starts.
    os.sync()
    with log.open("ab") as said:
        begin = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} failed with {process.returncode}; see {log}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def output(folder: Path) -> Output:
    files, size, largest = 0, 0, 0
    for place, _, names in os.walk(folder):
        for name in names:
            length = os.path.getsize(os.path.join(place, name))
            files, size = files + 1, size + length
            if name.endswith(".html"):
                largest = max(largest, length)
    return Output(files, size / 1e6, largest / 1e3)
