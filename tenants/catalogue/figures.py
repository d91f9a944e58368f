"""From a person's records to the figures that are compared, with what each item contributed."""

from collections.abc import Mapping, Sequence

from tenants.catalogue.model import Catalogue, Measure, MeasureName, Record


def figure_of(measure: Measure, records: Sequence[Record]) -> int | None:
    """What one item's records of one person come to (fen or a count); ``None`` when none counts.

    Values are as :class:`~tenants.catalogue.model.FieldType` says. Records without the amount, and
    with a ``period_field`` those of earlier periods, do not count.
    """
    counted = [record for record in records if _counts(measure, record)]
    if measure.period_field is not None and counted:
        latest = max(str(record[measure.period_field]) for record in counted)
        counted = [record for record in counted if str(record[measure.period_field]) == latest]
    if not counted:
        return None
    if measure.field is None:
        return len(counted)
    return sum(int(record[measure.field]) for record in counted)


def figures(
    catalogue: Catalogue, records: Mapping[int, Sequence[Record]]
) -> Mapping[MeasureName, Mapping[int, int]]:
    """For one person's records by item code: measure → item code → figure, to be shown and summed.

    Items that only repeat the money of another (``unless_found``) are left out beside it.
    """
    found: dict[MeasureName, dict[int, int]] = {}
    doubles: dict[MeasureName, dict[int, tuple[int, ...]]] = {}
    for code, rows in sorted(records.items()):
        for measure in catalogue.item(code).measures:
            figure = figure_of(measure, rows)
            if figure is not None:
                found.setdefault(measure.measure, {})[code] = figure
                doubles.setdefault(measure.measure, {})[code] = measure.unless_found
    return {
        name: {code: n for code, n in by_item.items() if not by_item.keys() & doubles[name][code]}
        for name, by_item in found.items()
    }


def _counts(measure: Measure, record: Record) -> bool:
    if measure.only_field is not None:
        value = record.get(measure.only_field)
        if value not in (None, "", *measure.only_values):
            return False
    needed = (measure.field, measure.period_field)
    return all(record.get(name) is not None for name in needed if name is not None)
