"""Reads the catalogue's files and refuses what does not hold together, naming file and item."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tenants.catalogue.model import (
    MONEY_MEASURES,
    OWN_FROM,
    AskedOf,
    Catalogue,
    DataItem,
    Field,
    FieldType,
    Kind,
    Measure,
    MeasureName,
    Per,
    Service,
)

Word = TypeVar("Word", bound=StrEnum)
FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KIND_KEYS = {"number", "title", "article", "items"}
_ITEM_KEYS = {
    *("code", "name", "title", "article", "service", "fields", "measures", "agree_on", "asked_of")
}
_FIELD_KEYS = {"name", "title", "type", "unit", "codes", "sensitive"}
_MEASURE_KEYS = {
    *("measure", "field", "count", "period_field", "day_field", "per", "only", "unless_found")
}
_PERIODS = {
    MeasureName.MONTHLY_INCOME: {Per.MONTH, Per.YEAR},
    MeasureName.DEPOSITS: {Per.DAY},
}


@cache
def national() -> Catalogue:
    """The data items of the 17 kinds that ship with the program, read and checked once."""
    return load_catalogue(FOLDER)


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of every ``kind*.toml`` in ``folder``; ``ValueError`` says file and item."""
    kinds: dict[int, Kind] = {}
    items: dict[int, DataItem] = {}
    names: set[str] = set()
    files: dict[int, str] = {}
    for path in sorted(folder.glob("kind*.toml")):
        kind, own_items = _read_kind(path)
        _require(kind.number not in kinds, path.name, f"kind {kind.number} exists twice")
        kinds[kind.number] = kind
        for item in own_items:
            _require(item.code not in items, f"{path.name}: {item.code}", "code exists twice")
            _require(item.name not in names, f"{path.name}: {item.code}", "name exists twice")
            items[item.code] = item
            files[item.code] = path.name
            names.add(item.name)
    _require_known_doubles(items, files)
    return Catalogue(dict(sorted(items.items())), dict(sorted(kinds.items())))


def _read_kind(path: Path) -> tuple[Kind, list[DataItem]]:
    with path.open("rb") as file:
        table = tomllib.load(file)
    _require_keys(table, _KIND_KEYS, path.name, needed=_KIND_KEYS)
    kind = Kind(table["number"], table["title"], table["article"])
    return kind, [_read_item(raw, kind, path.name) for raw in table["items"]]


def _read_item(raw: Mapping[str, Any], kind: Kind, file: str) -> DataItem:
    where = f"{file}: {raw.get('code')}"
    _require_keys(raw, _ITEM_KEYS, where, needed={"code", "name", "title", "fields"})
    _require(raw["code"] // 100 == kind.number, where, f"code is not of kind {kind.number}")
    _require(raw["code"] % 100 < OWN_FROM, where, "code is an agency's own")
    _require(_NAME.fullmatch(raw["name"]), where, "name is not snake_case")
    fields = tuple(_read_field(field, where) for field in raw["fields"])
    _require(fields, where, "no fields")
    _require(len({f.name for f in fields}) == len(fields), where, "a field exists twice")
    _require(len({f.title for f in fields}) == len(fields), where, "a field's title exists twice")
    item = DataItem(
        code=raw["code"],
        name=raw["name"],
        title=raw["title"],
        article=raw.get("article", kind.article),
        service=_one_of(Service, raw.get("service", "records"), where),
        fields=fields,
        measures=tuple(_read_measure(measure, where) for measure in raw.get("measures", ())),
        agree_on=raw.get("agree_on", ""),
        asked_of=_one_of(AskedOf, raw.get("asked_of", "units"), where),
    )
    for measure in item.measures:
        _check_measure(measure, item, where)
    if item.agree_on:
        kinds = {field.name: field.type for field in fields}
        _require(kinds.get(item.agree_on) is FieldType.MONEY, where, "agree_on is no money field")
    return item


def _read_field(raw: Mapping[str, Any], where: str) -> Field:
    where = f"{where}.{raw.get('name')}"
    _require_keys(raw, _FIELD_KEYS, where, needed={"name", "title", "type"})
    _require(_NAME.fullmatch(raw["name"]), where, "name is not snake_case")
    kind = _one_of(FieldType, raw["type"], where)
    codes = dict(raw.get("codes", {}))
    _require(bool(codes) == (kind is FieldType.CODE), where, "codes belong to type code alone")
    _require(kind is not FieldType.MONEY or raw.get("unit"), where, "money without a unit")
    sensitive = raw.get("sensitive", False)
    return Field(raw["name"], raw["title"], kind, raw.get("unit", ""), codes, sensitive)


def _read_measure(raw: Mapping[str, Any], where: str) -> Measure:
    _require_keys(raw, _MEASURE_KEYS, where, needed={"measure"})
    only = raw.get("only", {})
    _require(set(only) in (set(), {"field", "values"}), where, "only needs field and values")
    return Measure(
        measure=_one_of(MeasureName, raw["measure"], where),
        field=raw.get("field"),
        count=raw.get("count", False),
        period_field=raw.get("period_field"),
        only_field=only.get("field"),
        only_values=tuple(only.get("values", ())),
        unless_found=tuple(raw.get("unless_found", ())),
        per=_one_of(Per, raw.get("per", "day"), where),
        day_field=raw.get("day_field"),
    )


def _check_measure(measure: Measure, item: DataItem, where: str) -> None:
    types = {field.name: field.type for field in item.fields}
    if measure.measure in MONEY_MEASURES:
        _require(not measure.count, where, f"{measure.measure} is money, not a count")
        _require(
            types.get(measure.field or "") is FieldType.MONEY, where, "measures no money field"
        )
    else:
        _require(measure.count and measure.field is None, where, f"{measure.measure} needs a count")
    periods = _PERIODS.get(measure.measure, {Per.DAY})
    _require(measure.per in periods, where, f"{measure.measure} is not per {measure.per}")
    for dated in (measure.period_field, measure.day_field):
        if dated is not None:
            _require(types.get(dated) is FieldType.DATE, where, "period is no date field")
    if measure.only_field is not None:
        kind = types.get(measure.only_field)
        choices = (FieldType.CODE, FieldType.YES_NO)
        _require(kind in choices, where, "only needs a code or yes_no field")
        known = item.field(measure.only_field).codes if kind is FieldType.CODE else (True, False)
        _require(set(measure.only_values) <= set(known), where, "only names an unknown value")


def _require_known_doubles(items: Mapping[int, DataItem], files: Mapping[int, str]) -> None:
    measured = {(code, m.measure) for code, item in items.items() for m in item.measures}
    for code, item in items.items():
        for measure in item.measures:
            for other in measure.unless_found:
                same = other != code and (other, measure.measure) in measured
                where = f"{files[code]}: {code}"
                _require(same, where, f"unless_found {other} has no {measure.measure}")


def _require_keys(raw: Mapping[str, Any], known: set[str], where: str, needed: set[str]) -> None:
    _require(raw.keys() <= known, where, f"unknown {sorted(raw.keys() - known)}")
    _require(needed <= raw.keys(), where, f"missing {sorted(needed - raw.keys())}")


def _one_of(words: type[Word], value: str, where: str) -> Word:
    _require(value in {str(word) for word in words}, where, f"{value!r} is not known")
    return words(value)


def _require(holds: object, where: str, problem: str) -> None:
    if not holds:
        raise ValueError(f"{where}: {problem}")
