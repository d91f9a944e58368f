"""scripts/bench: what the program costs beside the bare minimum, as ratios of one run.

Absolute times say much about a machine and little about a program, so each figure is taken beside
its bare counterpart, one right after the other. No test asserts any of them.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tenants.calendar import instant
from tests.bench import (
    behind_the_wall,
    by_wire,
    list_in,
    many,
    moving,
    pages,
    rendering,
    reply_in,
    serving,
)
from tests.bench.measure import Figure
from tests.bench.stage import Stage, folder, opened


def main(arguments: list[str]) -> int:
    """Measure, print a table, write ``var/bench/<date>.json``."""
    asked = _parser().parse_args(arguments)
    began = time.monotonic()
    load = os.getloadavg()[0]
    with opened() as stage:
        figures = list(_figures(stage, asked))
        machine = describe_machine(stage, load)
    result = {
        "machine": machine,
        "seconds": round(time.monotonic() - began, 1),
        "figures": [asdict(figure) | {"ratio": figure.ratio} for figure in figures],
    }
    path = folder("bench") / f"{instant().astimezone():%Y-%m-%d}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"\n{machine['words']}\n{result['seconds']} s in all; written to {path}\n")
    return 0


def _figures(stage: Stage, asked: argparse.Namespace) -> list[Figure]:
    figures: list[Figure] = []

    def add(figure: Figure) -> None:
        figures.append(figure)
        _show(figure)

    _heading()
    if not asked.only_pages:
        figure, list_id = list_in.measure(stage, asked.rows)
        add(figure)
        list_in.submit(stage, list_id)
        rest: list[Callable[[], Figure]] = [
            lambda: moving.measure(stage, asked.routed),
            lambda: serving.measure(stage, asked.requests),
            lambda: rendering.measure(asked.reports),
            lambda: by_wire.measure(asked.subjects),
            lambda: reply_in.measure(asked.reply_lines),
            lambda: behind_the_wall.measure(stage, asked.cases),
        ]
        for measure in rest:
            add(measure())
    if asked.in_agency:
        with many.filled(asked.in_agency) as filled:
            add(pages.measure(filled))
    return figures


def _heading() -> None:
    sys.stdout.write(f"{'ratio':>7} {'ours':>10} {'bare':>10}   what, and beside what\n")


def _show(figure: Figure) -> None:
    sys.stdout.write(
        f"{figure.ratio:6.1f}× {_words(figure.ours):>10} {_words(figure.bare):>10}"
        f"   {figure.what}\n{'':32}{figure.against}\n"
    )
    sys.stdout.writelines(f"{'':8}{line}\n" for line in figure.lines)
    sys.stdout.flush()


def _words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def describe_machine(stage: Stage, load: float) -> dict[str, object]:
    """What the figures depend on."""
    processor = next(
        line.split(":", 1)[1].strip()
        for line in [*Path("/proc/cpuinfo").read_text().splitlines(), "model name: unknown"]
        if line.startswith("model name")
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    described = {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory, 1),
        "python": platform.python_version(),
        "postgresql": stage.postgres_version,
        "load_at_start": round(load, 2),
    }
    words = (
        f"{described['cores']} cores of {processor}, {memory:.0f} GiB, "
        f"Python {described['python']}, PostgreSQL {stage.postgres_version}, "
        f"load {load:.1f} at the start"
    )
    return {**described, "words": words}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=50_000, help="rows of the list (at most 200000)"
    )
    parser.add_argument("--routed", type=int, default=5_000, help="cases approved and routed")
    parser.add_argument("--requests", type=int, default=200, help="pages asked for")
    parser.add_argument("--reply-lines", type=int, default=10_000, help="lines of a reply")
    parser.add_argument("--reports", type=int, default=40, help="reports rendered")
    parser.add_argument("--subjects", type=int, default=10_000, help="subjects answered by wire")
    parser.add_argument("--cases", type=int, default=500_000, help="cases behind the wall")
    parser.add_argument(
        "--in-agency",
        type=int,
        default=100_000,
        help="cases in the agency whose pages are timed; 0: none",
    )
    parser.add_argument("--only-pages", action="store_true", help="the pages alone")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
