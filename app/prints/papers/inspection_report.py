"""数据使用检查报告 (民发〔2020〕95号 二(四)): what was drawn, how it was judged, what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.prints.looking_messages import say
from app.prints.papers.parts import closing, facts, table
from app.report.paper.blocks import Block, Draft, Heading, Text
from app.web.formats import day, written_day

_ITEMS = (
    *(("no", 9.0), ("at", 27.0), ("who", 32.0), ("what", 36.0)),
    *(("why", 28.0), ("verdict", 24.0)),
)


@dataclass(frozen=True)
class Judged:
    """One item as the report says it; ``said``: what was asked, answered and found, titled."""

    at: str
    who: str
    what: str
    number: str
    why: str
    verdict: str
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class InspectionPaper:
    """One inspection that is over."""

    agency: str
    number: str
    about: str
    unit: str
    first: date
    last: date
    purpose: str
    population: int
    flagged: int
    drawn: int
    seed: int
    opened_on: date
    opened_by: str
    ended_on: date
    ended_by: str
    verdicts: Mapping[str, int]
    rules: str
    conclusion: str
    follow_up: str
    items: Sequence[Judged]


def compose_inspection(paper: InspectionPaper) -> Draft:
    """The report; no name of a person whose data was looked at stands in it."""
    verdicts = say("print.inspection.join").join(
        say("print.inspection.tally", title=title, count=count)
        for title, count in paper.verdicts.items()
    )
    return Draft(
        title=say("print.inspection.title"),
        number=paper.number,
        confidential=say("print.inspection.secret"),
        blocks=(
            facts(_head(paper)),
            Text(say("print.inspection.purpose", purpose=paper.purpose)),
            Text(
                say(
                    "print.inspection.drawn",
                    population=paper.population,
                    flagged=paper.flagged,
                    drawn=paper.drawn,
                    seed=paper.seed,
                )
            ),
            Text(say("print.inspection.rules", rules=paper.rules)),
            Heading(say("print.inspection.result")),
            Text(say("print.inspection.verdicts", verdicts=verdicts or "0")),
            Text(say("print.inspection.conclusion", words=paper.conclusion)),
            *_follow_up(paper),
            Heading(say("print.inspection.items")),
            *_items(paper),
            Text(say("print.inspection.neutral")),
        ),
        closing=closing(
            say("print.inspection.inspector", name=paper.ended_by),
            paper.agency,
            written_day(paper.ended_on),
        ),
    )


def _head(paper: InspectionPaper) -> list[tuple[str, str]]:
    named = (
        ("about", paper.about + (f" · {paper.unit}" if paper.unit else "")),
        ("days", say("print.inspection.span", first=day(paper.first), last=day(paper.last))),
        ("opened", f"{day(paper.opened_on)} {paper.opened_by}"),
        ("ended", f"{day(paper.ended_on)} {paper.ended_by}"),
    )
    return [(say(f"print.inspection.{name}"), value) for name, value in named]


def _follow_up(paper: InspectionPaper) -> list[Block]:
    if not paper.follow_up:
        return []
    return [Text(say("print.inspection.follow_up", words=paper.follow_up))]


def _items(paper: InspectionPaper) -> list[Block]:
    rows = [
        (
            str(number),
            one.at,
            one.who,
            f"{one.what} {one.number}".strip(),
            one.why,
            one.verdict,
        )
        for number, one in enumerate(paper.items, start=1)
    ]
    said = [
        Text(say("print.inspection.said", number=number, title=title, words=words))
        for number, one in enumerate(paper.items, start=1)
        for title, words in one.said
    ]
    if not rows:
        return [Text(say("print.inspection.nothing"))]
    return [table("print.inspection", _ITEMS, rows, right=("no",)), *said]
