"""How a field of a reply becomes a finding, in words: each is a fact, some enter a figure."""

from app.sharing.messages import MEASURES
from tenants.catalogue import DataItem, Field, Measure, Per
from tenants.messages import say


def becomes(item: DataItem, field: Field) -> str:
    """What this field is in the findings: a fact that is shown, and what it counts for."""
    parts = [say("catalogue.field.sensitive" if field.sensitive else "catalogue.field.fact")]
    for measure in item.measures:
        parts += _of_measure(item, field, measure)
    if field.name == item.agree_on:
        parts.append(say("catalogue.field.agree"))
    return say("catalogue.field.between").join(parts)


def _of_measure(item: DataItem, field: Field, measure: Measure) -> list[str]:
    what, parts = MEASURES[measure.measure], []
    if field.name == measure.field:
        code = "catalogue.field.yearly" if measure.per is Per.YEAR else "catalogue.field.amount"
        parts.append(say(code, measure=what))
        if measure.unless_found:
            others = say("catalogue.field.and").join(str(code) for code in measure.unless_found)
            parts.append(say("catalogue.field.unless", others=others))
    if field.name == measure.only_field:
        values = (field.codes.get(str(value), "") for value in measure.only_values)
        kept = say("catalogue.field.or").join(values) or say("catalogue.field.yes")
        code = "catalogue.field.count" if measure.count else "catalogue.field.only"
        parts.append(say(code, measure=what, values=kept))
    if field.name == measure.period_field:
        parts.append(say("catalogue.field.latest"))
    if field.name == measure.day_field:
        parts.append(say("catalogue.field.day"))
    return parts
