"""档案封面: the cover of a closed case's file, with the list of its papers (第十七条)."""

from app.prints.messages import say
from app.prints.papers.content import Archive, FiledPaper
from app.prints.papers.parts import day_words, facts, joined, lines, table
from app.report.paper.blocks import Draft, Heading, Table
from app.web.formats import day, month

_COLUMNS = (
    ("no", 11.0),
    ("paper", 46.0),
    ("number", 46.0),
    ("day", 26.0),
    ("pages", 11.0),
    ("remark", 16.0),
)


def compose_archive_cover(archive: Archive) -> Draft:
    """Number, period, parties, papers and term; what a file has not yet stays to be written."""
    return Draft(
        title=say("print.cover.title"),
        number="",
        confidential=say("print.confidential"),
        blocks=(
            _heading(archive),
            _dates(archive),
            Heading(say("print.cover.papers")),
            table("print.cover", _COLUMNS, _papers(archive), right=("no", "pages"), least_mm=8.2),
            _filed_by(archive),
        ),
    )


def _heading(archive: Archive) -> Table:
    household = archive.household
    people = say(
        "print.cover.people_value",
        names=joined([person.name for person in household.people]),
        count=len(household.people),
    )
    heading = say(
        "print.cover.heading_value",
        head=household.head,
        scheme=household.scheme_title,
        application=household.application_title,
    )
    return lines(
        [
            (say("print.cover.agency"), household.agency),
            (say("print.cover.heading"), heading),
            (say("print.cover.department"), household.department),
            (say("print.cover.people"), people),
        ],
        label_mm=26.0,
        least_mm=9.0,
    )


def _dates(archive: Archive) -> Table:
    household = archive.household
    dates = say("print.cover.dates_value", first=day(archive.first), last=day(archive.last))
    return facts(
        [
            (say("print.cover.case_no"), household.number),
            (say("print.cover.archive_no"), archive.file_number),
            (say("print.cover.letter"), archive.letter_number),
            (say("print.cover.period"), month(household.period)),
            (say("print.cover.dates"), dates),
            (say("print.cover.outcome"), household.state_title),
            (say("print.cover.keep"), archive.kept),
            (say("print.cover.class"), ""),
        ],
        least_mm=9.0,
    )


def _filed_by(archive: Archive) -> Table:
    filled = {
        "maker": archive.filed_by,
        "checker": "",
        "filed_on": day_words(archive.filed_on),
        "shelf": archive.shelf,
    }
    pairs = [(say(f"print.cover.{name}"), value) for name, value in filled.items()]
    return facts(pairs, least_mm=9.0)


def _papers(archive: Archive) -> list[tuple[str, ...]]:
    return [_line(no, paper) for no, paper in enumerate(archive.papers, start=1)]


def _line(no: int, paper: FiledPaper) -> tuple[str, ...]:
    pages = str(paper.pages) if paper.pages else ""
    return str(no), paper.title, paper.number, day(paper.day) if paper.day else "", pages, ""
