"""延期告知书: a unit's letter that its reply takes longer (Jilin 2017/58, art. 12)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.prints.extension_messages import say
from app.prints.papers.parts import closing
from app.report.paper.blocks import NOTE, Draft, Text
from app.web.formats import instant, number, written_day


@dataclass(frozen=True)
class ExtensionLetter:
    """What the letter says; ``code`` lets the agency check that the words are those it holds."""

    agency: str
    unit: str
    request_number: str
    people: int
    items: int
    made_on: date
    delivered_on: date
    due_before: date
    due_on: date
    days: int
    ground: str
    remark: str
    article: str
    who: str
    letter_on: date
    recorded_at: datetime
    code: str


def compose_extension_letter(letter: ExtensionLetter) -> Draft:
    """One page: which request, why, how long, and how it came to be."""
    article = letter.article and say("print.extension.article", article=letter.article)
    said = [
        say(
            "print.extension.body",
            number=letter.request_number,
            made=written_day(letter.made_on),
            people=number(letter.people),
            items=number(letter.items),
            delivered=written_day(letter.delivered_on),
            before=written_day(letter.due_before),
        ),
        say(
            "print.extension.why",
            ground=say(f"print.extension.ground.{letter.ground}"),
            article=article,
            days=letter.days,
            due=written_day(letter.due_on),
        ),
    ]
    if letter.remark:
        said.append(say("print.extension.remark", remark=letter.remark))
    said.append(say("print.extension.once"))
    made = say(
        "print.extension.made",
        who=letter.who,
        at=instant(letter.recorded_at),
        check=letter.code,
    )
    to = Text(say("print.extension.to", agency=letter.agency), indented=False)
    return Draft(
        title=say("print.extension.title"),
        number=say("print.extension.number", number=letter.request_number),
        confidential="",
        blocks=(to, *(Text(words) for words in said), Text(made, NOTE, indented=False)),
        closing=closing(
            "",
            say("print.extension.unit", unit=letter.unit, who=letter.who),
            written_day(letter.letter_on),
        ),
    )
