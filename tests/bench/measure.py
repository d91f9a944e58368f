"""A figure: what the program took beside what the bare minimum took, in the same run."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """``ours`` and ``bare`` in seconds; ``details`` go into the file as they are, ``lines`` are said."""

    name: str
    what: str
    against: str
    ours: float
    bare: float
    details: Mapping[str, float | int | str] = field(default_factory=dict)
    lines: Sequence[str] = ()

    @property
    def ratio(self) -> float:
        """How many times as long ours took."""
        return self.ours / self.bare


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_seconds(work: Callable[[], object], times: int) -> float:
    """The median of several calls, after one that does not count."""
    work()
    return statistics.median(seconds(work) for _ in range(times))
