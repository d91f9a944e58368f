"""How hard the unit's own system is asked: hours of the day, pauses, look-ups in a minute."""

import datetime as dt
import time
from collections import deque
from threading import Event

from hedui_connector.settings.model import Load

MINUTE_S = 60.0


def is_within(spans: list[tuple[dt.time, dt.time]], at: dt.time) -> bool:
    """Whether ``at`` is in one of the spans; no spans: always. The end is outside."""
    if not spans:
        return True
    return any(
        begin <= at < end if begin < end else at >= begin or at < end for begin, end in spans
    )


class Stopped(Exception):
    """The connector was told to stop before this look-up was allowed."""


class Pace:
    """Holds look-ups back; ``stopping`` ends every wait."""

    def __init__(self, load: Load, stopping: Event) -> None:
        self.load, self.stopping = load, stopping
        self._recent: deque[tuple[float, int]] = deque()

    def batch_size(self) -> int:
        """Persons in one batch: never more than may be looked up in a minute."""
        return min(self.load.batch, self.load.most_per_minute)

    def wait_for(self, persons: int) -> None:
        """Wait until this many more may be looked up within the minute; ``Stopped``."""
        while not self.stopping.is_set():
            now = time.monotonic()
            while self._recent and self._recent[0][0] <= now - MINUTE_S:
                self._recent.popleft()
            if sum(n for _, n in self._recent) + persons <= self.load.most_per_minute:
                self._recent.append((now, persons))
                return
            self.stopping.wait(self._recent[0][0] + MINUTE_S - now)
        raise Stopped

    def pause(self) -> None:
        """The pause after a batch."""
        self.stopping.wait(self.load.pause_ms / 1000)
