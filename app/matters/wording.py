"""A matter in neutral words: what it is, and the facts that it rests on. Pure."""

from collections.abc import Mapping
from typing import Any

from app.matters.messages import say
from app.web.formats import money, money_with_unit
from tenants.catalogue import MeasureName, catalogue
from tenants.catalogue.model import MONEY_MEASURES

Content = Mapping[str, Any]


def title_of(kind: str, topic: str, content: Content) -> str:
    """What a matter is called: the measure, the item that sources differ on, or the relation."""
    if kind == "measure":
        return say(f"matter.measure.{topic}")
    if kind == "relation":
        return say("matter.title.relation")
    return say("matter.title.conflict", item=_item_title(content))


def facts_of_matter(kind: str, topic: str, content: Content) -> str:
    """What was declared and found, in one sentence without any judgement."""
    if kind == "measure":
        return _measure(MeasureName(topic), content)
    if kind == "relation":
        on = content["registered_on"]
        return say(
            "matter.facts.relation",
            person=content["person"],
            spouse=content["spouse"],
            on=say("matter.facts.registered", on=on) if on else "",
        )
    values = [
        say(
            "matter.facts.value",
            source=source or catalogue().item(item).title,
            amount=money(amount),
        )
        for item, source, amount in content["amounts"]
    ]
    joined = say("matter.join").join(values)
    return say("matter.facts.conflict", person=content["person"], values=joined)


def shown_amount(measure: MeasureName, value: int) -> str:
    """A figure of a measure with its unit."""
    if measure in MONEY_MEASURES:
        return money_with_unit(value)
    return say(f"matter.unit.{measure}", n=value)


def _measure(measure: MeasureName, content: Content) -> str:
    found, declared = int(content["found"] or 0), int(content["declared"])
    stands = found - int(content["left_out"])
    left_out = ""
    if content["left_out"]:
        left_out = say(
            "matter.facts.left_out",
            left_out=shown_amount(measure, int(content["left_out"])),
            stands=shown_amount(measure, stands),
        )
    words = [
        say(
            "matter.facts.measure",
            declared=shown_amount(measure, declared),
            found=shown_amount(measure, found),
            left_out=left_out,
        )
    ]
    if content["over_declared"]:
        more = shown_amount(measure, stands - declared)
        words.append(say("matter.facts.over_declared", more=more))
    if content["over_limit"]:
        limit = shown_amount(measure, int(content["limit"]))
        if measure in MONEY_MEASURES:
            words.append(say("matter.facts.over_limit_each", limit=limit))
        else:
            words.append(say("matter.facts.over_limit", limit=limit))
    return say("matter.join").join(words)


def _item_title(content: Content) -> str:
    if content["measure"]:
        return say(f"matter.measure.{content['measure']}")
    return catalogue().item(content["amounts"][0][0]).title
