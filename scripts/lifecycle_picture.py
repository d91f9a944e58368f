"""``python -m scripts.lifecycle_picture``: the transition tables as docs/lifecycle.svg.

Each machine is a band: its states stand side by side, each transition is a line of its own below
them, from a dot under every source to an arrow under the target.
"""

from collections.abc import Iterator
from html import escape

from app.cases.messages import EVENT_TITLES, STATE_TITLES
from app.cases.transitions import INITIAL, TRANSITIONS, Machine, Transition, states_of
from scripts.places import ROOT

PICTURE = ROOT / "docs" / "lifecycle.svg"
LABELS, COLUMN, BOX, ROW, BAND = 300, 118, 102, 30, 46
STYLE = (
    "text{font:13px 'Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif;fill:#1f2933}"
    ".head{font-size:16px;font-weight:600}.code{font-size:11px;fill:#5f6b7a}"
    ".state{fill:#eef3fa;stroke:#1d4f91}.first{stroke-width:2.5}.guide{stroke:#dfe4ea}"
    ".way{stroke:#1d4f91;stroke-width:1.5;fill:none}.dot{fill:#1d4f91}.duty{fill:#b42318}"
)


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(draw(), encoding="utf-8")


def draw() -> str:
    """The whole picture as SVG."""
    widest = max(len(states_of(machine)) for machine in INITIAL)
    parts, top = [], 10
    for machine in INITIAL:
        ways = [way for way in TRANSITIONS if way.machine == machine]
        parts += list(_band(machine, ways, top))
        top += BAND + 70 + ROW * len(ways)
    size = f'width="{LABELS + COLUMN * widest + 20}" height="{top}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="lifecycle">'
    mark = (
        '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" class="dot"/></marker></defs>'
    )
    page = '<rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", mark, page, *parts, "</svg>"]) + "\n"


def _band(machine: Machine, ways: list[Transition], top: int) -> Iterator[str]:
    yield _text(10, top + 24, machine, "head")
    bottom = top + BAND + 22 + ROW * len(ways)
    for place, state in enumerate(states_of(machine)):
        x = LABELS + COLUMN * place
        first = " first" if state in INITIAL[machine] else ""
        middle = x + BOX // 2
        yield f'<path d="M{middle} {top + BAND}V{bottom}" class="guide"/>'
        box = f'x="{x}" y="{top}" width="{BOX}" height="{BAND}" rx="6"'
        yield f'<rect {box} class="state{first}"/>'
        yield _text(middle, top + 20, STATE_TITLES[machine][state], "", "middle")
        yield _text(middle, top + 37, state, "code", "middle")
    for row, way in enumerate(ways):
        yield from _way(way, top + BAND + 24 + ROW * row)


def _way(way: Transition, y: int) -> Iterator[str]:
    states = states_of(way.machine)
    at = {state: LABELS + COLUMN * place + BOX // 2 for place, state in enumerate(states)}
    yield _text(10, y - 2, EVENT_TITLES[way.action], "")
    who = way.permission or "follows by itself"
    yield _text(
        10, y + 11, f"{way.action} · {who}" + (" · reason" if way.needs_reason else ""), "code"
    )
    if way.duty:
        yield _text(LABELS - 12, y + 4, way.duty, "code duty", "end")
    for source in way.sources:
        yield f'<path d="M{at[source]} {y}H{at[way.target]}" class="way" marker-end="url(#to)"/>'
        yield f'<circle cx="{at[source]}" cy="{y}" r="4" class="dot"/>'


def _text(x: int, y: int, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


if __name__ == "__main__":
    main()
