"""告知单: what the household is told before it is checked, to keep."""

from collections.abc import Mapping

from app.prints.household_messages import say
from app.prints.papers.authorisation import application_word
from app.prints.papers.content import Household, Law
from app.prints.papers.parts import closing, joined
from app.report.paper.blocks import Cell, Column, Draft, Table, Text
from app.web.formats import written_day

_RIGHTS = ("explain", "object", "withdraw", "secret")


def compose_notice(household: Household, law: Law) -> Draft:
    """What will be checked, by whom, how long it takes, and which rights there are."""
    lead = say(
        "print.notice.lead",
        application=application_word(household),
        scheme=household.scheme_title,
        basis=law.basis,
    )
    rights = tuple(
        say(f"print.notice.right.{right}", department=household.department) for right in _RIGHTS
    )
    return Draft(
        title=say("print.notice.title"),
        number="",
        confidential=say("print.notice.keep"),
        blocks=(
            Text(
                say("print.notice.to", head=household.head, number=household.household_no),
                indented=False,
            ),
            Text(lead),
            _table(
                {
                    "who": (_people(household),),
                    "what": _what(household, law),
                    "by": (_by(household),),
                    "when": _when(household, law),
                    "rights": rights,
                    "duties": (say("print.notice.duty"),),
                }
            ),
        ),
        closing=closing(
            say("print.notice.clerk"),
            household.desk or household.department,
            notes=(say("print.notice.received"), say("print.notice.signature")),
        ),
    )


def _table(sections: Mapping[str, Cell]) -> Table:
    """A line per question that a household asks, with the answer's paragraphs beside it."""
    columns = (Column("", 27.0, label=True), Column("", 129.0))
    rows = tuple(((say(f"print.notice.{name}"),), said) for name, said in sections.items())
    return Table(columns, rows, headed=False)


def _people(household: Household) -> str:
    names = joined([person.name for person in household.present])
    return say("print.notice.people", count=len(household.present), names=names)


def _what(household: Household, law: Law) -> Cell:
    """Of whom something is asked; each consent says in full what. Obligors are asked less."""
    kinds = joined([kind for kind, _items in law.asked["member"][household.scheme]])
    said = [say("print.notice.member", kinds=kinds)]
    if household.obligors:
        said.append(say("print.notice.obligor"))
    return *said, say("print.notice.in_full")


def _by(household: Household) -> str:
    return say("print.notice.agency", agency=household.agency, department=household.department)


def _when(household: Household, law: Law) -> Cell:
    said = []
    if household.due_on:
        article = law.report_article
        said.append(
            say(
                "print.notice.window",
                due=written_day(household.due_on),
                article=say("print.notice.article", article=article) if article else "",
            )
        )
    return *said, say("print.notice.days", days=law.reply_days, more=law.extension_days)
