"""谁查看过我的信息: the paper for the person (95号 二(四)). It says posts and places, no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.oversight.inspections.seen import Given, Seen
from app.prints.looking_messages import say
from app.prints.papers.parts import closing, facts, joined, table
from app.report.paper.blocks import Block, Draft, Heading, Table, Text
from app.web.formats import day, written_day

_SEEN = (("no", 9.0), ("at", 30.0), ("who", 45.0), ("what", 38.0), ("why", 34.0))
_GIVEN = (("on", 24.0), ("to", 46.0), ("number", 38.0), ("items", 48.0))


@dataclass(frozen=True)
class LookPaper:
    """Whom the list is for, over which days, and what was found; the number is masked."""

    agency: str
    person: str
    number: str
    asked_as: str
    proof: str
    first: date
    last: date
    asked_on: date
    purpose: str
    seen: Sequence[Seen]
    given: Sequence[Given]


def compose_look_list(paper: LookPaper) -> Draft:
    """What was looked at by whom, what was handed to whom, and whom to ask about the rest."""
    return Draft(
        title=say("print.look_list.title"),
        number="",
        confidential=say("print.look_list.keep"),
        foot=say("print.look_list.foot", first=day(paper.first), last=day(paper.last)),
        blocks=(
            _head(paper),
            Heading(say("print.look_list.seen", count=len(paper.seen))),
            *_seen(paper),
            Heading(say("print.look_list.given", count=len(paper.given))),
            *_given(paper),
            Text(say("print.look_list.limits")),
            Text(say("print.look_list.tiers", agency=paper.agency)),
            Text(say("print.look_list.ask")),
        ),
        closing=closing("", paper.agency, written_day(paper.asked_on)),
    )


def _head(paper: LookPaper) -> Table:
    pairs = [
        ("person", paper.person),
        ("number", paper.number),
        ("asked_as", paper.asked_as),
        ("proof", paper.proof),
        ("first", day(paper.first)),
        ("last", day(paper.last)),
    ]
    return facts([(say(f"print.look_list.{name}"), value) for name, value in pairs])


def _seen(paper: LookPaper) -> list[Block]:
    if not paper.seen:
        return [Text(say("print.look_list.no_looks"))]
    rows = [
        (
            str(number),
            f"{one.at:%Y-%m-%d %H:%M}",
            say(
                "print.look_list.who",
                place=one.place or paper.agency,
                post=one.post,
                number=one.person,
            ),
            one.what,
            one.why,
        )
        for number, one in enumerate(paper.seen, start=1)
    ]
    return [table("print.look_list", _SEEN, rows, right=("no",))]


def _given(paper: LookPaper) -> list[Block]:
    if not paper.given:
        return [Text(say("print.look_list.nothing_given"))]
    rows = [(day(one.on), one.to, one.number, joined(one.items)) for one in paper.given]
    return [
        Text(say("print.look_list.purpose", purpose=paper.purpose)),
        table("print.look_list.given", _GIVEN, rows),
    ]
