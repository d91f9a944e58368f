"""核对委托书: the department's letter with which a list is entrusted (操作规程 二（一）1)."""

from app.prints.messages import say
from app.prints.papers.content import Entrusted, Law
from app.prints.papers.parts import closing, day_words, joined, table
from app.report.paper.blocks import Draft, Table, Text
from app.web.formats import month, written_day

_SCHEMES = (
    ("scheme", 60.0),
    *(("new", 24.0), ("periodic", 24.0)),
    *(("households", 24.0), ("people", 24.0)),
)
_COUNTS = ("households", "people")


def compose_letter(entrusted: Entrusted, law: Law) -> Draft:
    """The letter as it is to be sealed; without its number yet, it has room for one."""
    return Draft(
        title=say("print.letter.title"),
        number=entrusted.letter_number or say("print.blank_number"),
        foot=entrusted.letter_number,
        confidential=say("print.confidential"),
        blocks=(
            Text(say("print.letter.to", agency=entrusted.agency), indented=False),
            *_body(entrusted, law),
            _by_scheme(entrusted),
            Text(_enclosed(entrusted)),
        ),
        closing=closing(
            say("print.clerk"),
            say("print.sealer", name=entrusted.department),
            day_words(entrusted.letter_on),
        ),
    )


def _body(entrusted: Entrusted, law: Law) -> tuple[Text, ...]:
    said = [
        say(
            "print.letter.body",
            basis=law.basis,
            households=len(entrusted.households),
            people=entrusted.people,
            period=month(entrusted.period),
        ),
        say("print.letter.consent"),
    ]
    if entrusted.due_on:
        said.append(say("print.letter.due", due=written_day(entrusted.due_on)))
    return tuple(Text(words) for words in said)


def _by_scheme(entrusted: Entrusted) -> Table:
    rows: dict[str, list[int]] = {}
    for household in entrusted.households:
        counts = rows.setdefault(household.scheme_title, [0, 0, 0, 0])
        counts[0 if household.application == "new" else 1] += 1
        counts[2] += 1
        counts[3] += len(household.people)
    total = [sum(column) for column in zip(*rows.values(), strict=True)]
    lines = [*rows.items(), (say("print.total"), total)]
    cells = [(scheme, *map(str, counts)) for scheme, counts in lines]
    return table("print.letter", _SCHEMES, cells, right=("new", "periodic", *_COUNTS))


def _enclosed(entrusted: Entrusted) -> str:
    counts = {"list": 1, "consents": entrusted.people, "cards": entrusted.people, "package": 1}
    return say(
        "print.letter.enclosed",
        materials=joined(
            [say(f"print.letter.material.{name}", count=count) for name, count in counts.items()]
        ),
    )
