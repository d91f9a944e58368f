"""交接单: a medium handed to a sharing unit and back (操作规程 三（一）3). Never the password."""

from app.prints.messages import say
from app.prints.papers.content import Delivery
from app.prints.papers.parts import facts, joined
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
            *_traced(delivery),
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
            (say("print.note.medium"), _kinds(delivery)),
            (say("print.note.serial"), _numbers(delivery)),
            (say("print.note.file"), delivery.file_name),
            (say("print.note.pieces"), _pieces(delivery)),
            (say("print.note.content"), counts),
            (say("print.note.makers"), makers),
            (say("print.note.due"), due),
        ]
    )


def _traced(delivery: Delivery) -> list[Text]:
    """The stamp that the reply has to bear; it is on the list as well, and no secret."""
    if not delivery.stamp:
        return []
    return [Text(say("print.note.rule.stamp", stamp=delivery.stamp), NOTE, indented=False)]


def _kinds(delivery: Delivery) -> str:
    """What it is written on; boxes to tick while nobody registered a medium."""
    kinds = dict.fromkeys(kind for kind, _, _ in delivery.media)
    return joined(list(kinds)) if kinds else say("print.note.media")


def _numbers(delivery: Delivery) -> str:
    return joined(
        [
            say("print.note.number_and_serial", label=label, serial=serial) if serial else label
            for _, label, serial in delivery.media
        ]
    )


def _pieces(delivery: Delivery) -> str:
    count = len(delivery.media)
    return say("print.note.pieces_count", count=count) if count else say("print.note.pieces_value")


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
