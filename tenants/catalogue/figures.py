"""From a person's records to the figures that are compared, with what each item contributed."""

from collections.abc import Mapping, Sequence

from tenants.catalogue.model import Catalogue, Measure, MeasureName, Record

Counted = Mapping[MeasureName, Mapping[int, tuple[Measure, Sequence[Record]]]]
"""Measure → item code → how the item is measured, and those of its records that count."""


def figure_of(measure: Measure, records: Sequence[Record]) -> int | None:
    """What one item's records of one person come to (fen or a count); ``None`` when none counts.

    Values are as :class:`~tenants.catalogue.model.FieldType` says. Records without the amount, and
    with a ``period_field`` those of earlier periods, do not count.
    """
    counted = _counting(measure, records)
    return sum(amount_of(measure, record) for record in counted) if counted else None


def amount_of(measure: Measure, record: Record) -> int:
    """What one record that counts adds: fen, or one."""
    return 1 if measure.field is None else int(record[measure.field])


def figures(
    catalogue: Catalogue, records: Mapping[int, Sequence[Record]]
) -> Mapping[MeasureName, Mapping[int, int]]:
    """For one person's records by item code: measure → item code → figure, to be shown and summed.

    Items that only repeat the money of another (``unless_found``) are left out beside it.
    """
    return {
        name: {
            code: sum(amount_of(measure, record) for record in kept)
            for code, (measure, kept) in by_item.items()
        }
        for name, by_item in counted_records(catalogue, records).items()
    }


def counted_records(catalogue: Catalogue, records: Mapping[int, Sequence[Record]]) -> Counted:
    """For one person's records by item code: those that enter each measure's sum."""
    found: dict[MeasureName, dict[int, tuple[Measure, Sequence[Record]]]] = {}
    for code, rows in sorted(records.items()):
        for measure in catalogue.item(code).measures:
            kept = _counting(measure, rows)
            if kept and measure.is_summed:
                found.setdefault(measure.measure, {})[code] = (measure, kept)
    return {
        name: {
            code: (measure, kept)
            for code, (measure, kept) in by_item.items()
            if not by_item.keys() & set(measure.unless_found)
        }
        for name, by_item in found.items()
    }


def yearly_records(catalogue: Catalogue, records: Mapping[int, Sequence[Record]]) -> Counted:
    """For one person's records by item code: those paid by the year, which no sum holds."""
    found: dict[MeasureName, dict[int, tuple[Measure, Sequence[Record]]]] = {}
    for code, rows in sorted(records.items()):
        for measure in catalogue.item(code).measures:
            kept = _counting(measure, rows)
            if kept and not measure.is_summed:
                found.setdefault(measure.measure, {})[code] = (measure, kept)
    return found


def _counting(measure: Measure, records: Sequence[Record]) -> list[Record]:
    counted = [record for record in records if _counts(measure, record)]
    if measure.period_field is not None and counted:
        latest = max(str(record[measure.period_field]) for record in counted)
        counted = [record for record in counted if str(record[measure.period_field]) == latest]
    return counted


def _counts(measure: Measure, record: Record) -> bool:
    if measure.only_field is not None:
        value = record.get(measure.only_field)
        if value not in (None, "", *measure.only_values):
            return False
    needed = (measure.field, measure.period_field)
    return all(record.get(name) is not None for name in needed if name is not None)
