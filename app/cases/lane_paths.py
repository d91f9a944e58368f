"""The ways between lanes: a letter rises in an S, a report comes down onto its mark."""

from app.cases.lane_model import Point

BEND = 16.0
HEAD_LENGTH = 9.0
HEAD_WIDTH = 4.0
CLEAR = 2.0
MARK_RADIUS = 6.0
MOST_BEND = 40.0

Path = tuple[str, tuple[Point, Point, Point]]


def rising_path(start: Point, turn: float, stop: Point) -> Path:
    """From a mark's right side up at ``turn`` to the left side of the mark ``stop``."""
    (sx, sy), (tx, ty) = start, stop
    bend = min((sy - ty) / 2, MOST_BEND)
    tip = tx - CLEAR
    base = tip - HEAD_LENGTH
    path = (
        f"M{_n(sx)} {_n(sy)}H{_n(turn - BEND)}"
        f"C{_n(turn - BEND * 0.3)} {_n(sy)} {_n(turn)} {_n(sy - bend * 0.4)} "
        f"{_n(turn)} {_n(sy - bend)}V{_n(ty + bend)}"
        f"C{_n(turn)} {_n(ty + bend * 0.4)} {_n(turn + BEND * 0.3)} {_n(ty)} "
        f"{_n(min(turn + BEND, base))} {_n(ty)}H{_n(base)}"
    )
    return path, ((base, ty - HEAD_WIDTH), (tip, ty), (base, ty + HEAD_WIDTH))


def falling_path(start: Point, stop: Point) -> Path:
    """From a mark's right side along its lane, then straight down onto the top of ``stop``."""
    (sx, sy), (tx, ty) = start, stop
    bend = min((ty - sy) / 2, MOST_BEND * 0.75)
    tip = ty - MARK_RADIUS - CLEAR
    base = tip - HEAD_LENGTH
    path = (
        f"M{_n(sx)} {_n(sy)}H{_n(tx - bend)}"
        f"C{_n(tx - bend * 0.4)} {_n(sy)} {_n(tx)} {_n(sy + bend * 0.4)} "
        f"{_n(tx)} {_n(sy + bend)}V{_n(base)}"
    )
    return path, ((tx - HEAD_WIDTH, base), (tx, tip), (tx + HEAD_WIDTH, base))


def _n(value: float) -> str:
    return f"{value:.1f}"
