"""``python -m tests.connector.bench [lines]``: a request in and its answers out, over a socket.

Prints seconds, lines in a second, and the highest memory of the connector's process.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hedui_connector.command.main import main as command
from hedui_connector.wire.limits import LINES_PER_PAGE
from hedui_connector.wire.models import Outcome, State
from tests.connector.unit import LI, WANG, ZHAO, Connector, agency_of, change, head, line, new_unit

PERSONS = (WANG, LI, ZHAO)


def main(lines: int) -> None:
    """Send, wait, fetch; a page at a time on both sides."""
    folder = Path(tempfile.mkdtemp(prefix="hedui-bench-"))
    command(["init", str(folder / "bank")])
    with new_unit(folder / "unit", folder / "bank"):
        change(folder / "unit", ("batch = 200", "batch = 500"), ("60000", "100000000"))
        served = Connector(folder / "unit")
        served.start()
        agency = agency_of(folder / "unit", served.url)
        print(f"started: {peak_mib(served)} MiB")
        with told("in", lines, served):
            agency.asker.put("/requests/r-1", head(lines))
            for first in range(1, lines + 1, LINES_PER_PAGE):
                last = min(first + LINES_PER_PAGE - 1, lines)
                page = [line(n, PERSONS[n % 3]) for n in range(first, last + 1)]
                agency.post(head(lines), page)
        with told("answered", lines, served):
            while agency.status().state is not State.ANSWERED:
                time.sleep(0.1)
        with told("out", lines, served):
            after = hits = 0
            is_last = False
            while not is_last:
                answers, end = agency.read(after=after)
                hits += sum(answer.outcome is Outcome.HIT for answer in answers)
                after, is_last = int(end.next), end.is_last
        assert (after, hits) == (lines, sum(PERSONS[n % 3] != ZHAO for n in range(1, lines + 1)))
        agency.asker.client.close()
        served.stop()
    shutil.rmtree(folder)


@contextmanager
def told(name: str, lines: int, served: Connector) -> Iterator[None]:
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    print(f"{name:>8}: {took:6.1f} s  {lines / took:8.0f} lines/s  peak {peak_mib(served)} MiB")


def peak_mib(served: Connector) -> int:
    status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
