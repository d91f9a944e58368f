"""交接单: a medium handed to a sharing unit and back (操作规程 三（一）3). Never the password."""

from app.prints.messages import say
from app.prints.papers.content import Delivery
from app.prints.papers.parts import facts
from app.report.paper.blocks import NOTE, Draft, Heading, Table, Text
from app.web.formats import month, written_day

_RULES = ("password", "seal", "use", "back")
_SIGN_MM = 11.5


def compose_delivery_note(delivery: Delivery) -> Draft:
    """What goes out to whom, with room for the four signatures and two times."""
    return Draft(
        title=say("print.note.title"),
        number=say("print.note.number", number=delivery.number),
        confidential=say("print.note.copies"),
        blocks=(
            _content(delivery),
            Heading(say("print.note.rules")),
            *(Text(say(f"print.note.rule.{rule}"), NOTE, indented=False) for rule in _RULES),
            Heading(say("print.note.out")),
            _hands("giver", "taker", is_sealed=True),
            Heading(say("print.note.back")),
            _hands("back_giver", "back_taker"),
        ),
    )


def _content(delivery: Delivery) -> Table:
    article = delivery.reply_article
    counts = say(
        "print.note.contents",
        households=delivery.households,
        people=delivery.people,
        items=delivery.items,
    )
    due = say(
        "print.note.due_value",
        term=delivery.reply_term,
        article=say("print.note.article", article=article) if article else "",
    )
    makers = say("print.note.makers_value", made=delivery.made_by, confirmed=delivery.confirmed_by)
    return facts(
        [
            (say("print.note.agency"), delivery.agency),
            (say("print.note.unit"), delivery.unit),
            (say("print.note.period"), month(delivery.period)),
            (say("print.note.made_on"), written_day(delivery.made_on)),
            (say("print.note.medium"), say("print.note.media")),
            (say("print.note.serial"), ""),
            (say("print.note.file"), delivery.file_name),
            (say("print.note.pieces"), say("print.note.pieces_value")),
            (say("print.note.content"), counts),
            (say("print.note.makers"), makers),
            (say("print.note.due"), due),
        ]
    )


def _hands(giver: str, taker: str, *, is_sealed: bool = False) -> Table:
    time, seal = say("print.note.blank_time"), say("print.note.seal")
    pairs = [
        (say(f"print.note.{giver}"), ""),
        (say(f"print.note.{taker}"), ""),
        (say("print.note.at"), time),
        (say("print.note.at"), time),
    ]
    seals = [(seal, ""), (seal, "")] if is_sealed else []
    return facts([*pairs, *seals], label_mm=28.0, least_mm=_SIGN_MM)
