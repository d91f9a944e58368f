"""Whether what stands in a row goes with its outcome, and is enough to be compared."""

from collections.abc import Iterator, Mapping

from app.exchange.medium.item_columns import field_header
from app.exchange.medium.layout import layout
from app.exchange.medium.values import Value
from tenants.catalogue import DataItem, Field, Service
from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault


def contents_faults(
    item: DataItem, outcome: Outcome, values: Mapping[str, Value]
) -> Iterator[tuple[str, Fault]]:
    """Whether the values go with the outcome: ``(column header, fault)`` for each that does not.

    A checking service may write a plain no beside "no record", which is the same said twice; a hit
    there needs a yes, for every hit counts when it is compared with what was declared.
    """
    words = layout().outcome_words
    column = layout().columns.outcome
    said = {name: value for name, value in values.items() if value is not False}
    if outcome is not Outcome.HIT:
        surplus = said if item.service is Service.YES_NO else values
        for name in surplus:
            header = field_header(item.field(name))
            yield (
                header,
                Fault(
                    "reply_values_without_hit",
                    outcome=words[outcome],
                    field=header,
                    hit=words[Outcome.HIT],
                ),
            )
    elif not values:
        yield (
            column,
            Fault(
                "reply_hit_without_values",
                outcome=words[outcome],
                no_record=words[Outcome.NO_RECORD],
            ),
        )
    elif item.service is Service.YES_NO and not said:
        yield column, Fault("reply_all_no", outcome=words[outcome])
    else:
        for field in missing_fields(item, values):
            yield field_header(field), Fault("reply_field_missing", field=field_header(field))


def missing_fields(item: DataItem, values: Mapping[str, Value]) -> list[Field]:
    """The fields of a hit that a comparison needs and that are blank.

    Without them the record would drop out of the comparison unseen. An amount is not needed where
    the record does not count anyway (a benefit that is no longer paid).
    """
    needed: dict[str, None] = {}
    for measure in item.measures:
        if measure.only_field is not None:
            needed[measure.only_field] = None
            if values.get(measure.only_field) not in measure.only_values:
                continue
        needed |= {n: None for n in (measure.field, measure.period_field) if n is not None}
    return [item.field(name) for name in needed if name not in values]
