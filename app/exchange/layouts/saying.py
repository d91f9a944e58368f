"""What a person said of a sheet's columns, taken from the form, and what is wrong with it."""

from collections.abc import Mapping, Sequence

from app.exchange.layouts.explaining import Place
from app.exchange.layouts.layout import (
    ABSENT,
    AMOUNT_UNITS,
    AS_OF,
    BLANK,
    DAYS_FROM,
    FROM_COLUMN,
    FROM_TITLE,
    ID_NUMBER,
    IGNORED,
    LINE_NO,
    MISSING,
    NAME,
    NO_RECORD,
    OUTCOME,
    REMARK,
    YUAN,
    UnitLayout,
    choices_of,
    keys_of,
    money_keys,
)
from app.intake.showing import letter
from tenants.catalogue import DataItem
from tenants.messages import Fault, say


def layout_said(
    form: Mapping[str, str], place: Place, width: int, items: Mapping[int, DataItem]
) -> tuple[UnitLayout, dict[str, str]]:
    """The layout that a person said, and what is wrong with it, by the control's id.

    Fields: ``place-KEY``, ``unit-KEY``, ``word-KEY-N`` with ``mean-KEY-N``, ``day_from``,
    ``blank``, ``absent``, ``basis``. What the page never offered raises ``choice_malformed``.
    """
    if place.item == IGNORED:
        return UnitLayout(IGNORED), {}
    item = items[place.item]
    places = {
        k: _column(form[f"place-{k}"], width) for k, _ in keys_of(item) if form.get(f"place-{k}")
    }
    money = [key for key in money_keys(item) if key in places]
    layout = UnitLayout(
        item=item.code,
        places=places,
        units={k: _one_of(form.get(f"unit-{k}", YUAN), AMOUNT_UNITS) for k in money},
        meanings={k: _meanings(form, k, item) for k in places if choices_of(item, k)},
        day_from=_day_from(form, places),
        blank=_one_of(form.get("blank", MISSING), BLANK),
        absent=_one_of(form.get("absent", MISSING), ABSENT),
        basis=form.get("basis", "").strip()[:100],
    )
    return layout, _errors(layout, item)


def _day_from(form: Mapping[str, str], places: Mapping[str, int]) -> str:
    if AS_OF in places:
        return FROM_COLUMN
    asked = _one_of(form.get("day_from", FROM_TITLE), DAYS_FROM)
    return FROM_TITLE if asked == FROM_COLUMN else asked


def _meanings(form: Mapping[str, str], key: str, item: DataItem) -> dict[str, str]:
    said: dict[str, str] = {}
    choices = choices_of(item, key)
    for n in range(len(form)):
        word = form.get(f"word-{key}-{n}")
        if word is None:
            break
        if meaning := form.get(f"mean-{key}-{n}", ""):
            said[word[:60]] = _one_of(meaning, choices)
    return said


def _errors(layout: UnitLayout, item: DataItem) -> dict[str, str]:
    errors: dict[str, str] = {}
    titles = dict(keys_of(item))
    if ID_NUMBER not in layout.places:
        errors[f"place-{ID_NUMBER}"] = say("own_id_column")
    if not layout.places.keys() - {ID_NUMBER, NAME, LINE_NO, AS_OF, REMARK}:
        errors[f"place-{OUTCOME}"] = say("own_no_content")
    taken: dict[int, str] = {}
    for key, place in layout.places.items():
        # A balance's own day and the day as of which the unit answers are often one column.
        other = taken.setdefault(place, key)
        if other != key and AS_OF not in (key, other):
            errors[f"place-{key}"] = say(
                "own_column_twice", column=titles[key], letter=letter(place), other=titles[other]
            )
    if layout.absent == NO_RECORD and len(layout.basis) < 2:
        errors["basis"] = say("own_basis")
    return errors


def _column(text: str, width: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) < width):
        raise Fault("choice_malformed")
    return int(text)


def _one_of(text: str, offered: Sequence[str]) -> str:
    if text not in offered:
        raise Fault("choice_malformed")
    return text
