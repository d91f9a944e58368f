"""The columns of a data item's sheet: how they are headed, and where a returned sheet has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.exchange.medium.cells import Cell, is_blank, plain, text_of
from app.exchange.medium.layout import layout
from tenants.catalogue import DataItem, Field
from tenants.messages import Fault

_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class ColumnMap:
    """Positions from 0 in a returned sheet; ``header`` is a row, ``width`` its length."""

    header: int
    width: int
    line_no: int
    name: int
    id_number: int
    outcome: int
    as_of: int
    remark: int | None
    fields: tuple[tuple[Field, int], ...]


def sheet_title(item: DataItem) -> str:
    """The code leads, for the code is what is read back; ``601 …``."""
    title = f"{item.code} {item.title}".translate(_NOT_IN_SHEET_NAMES)
    return title[:_SHEET_NAME_LENGTH].strip()


def field_header(field: Field) -> str:
    """The field's title with its unit, told apart from the columns that every item has."""
    words = layout()
    if field.title in vars(words.columns).values():
        return str(words.texts["field_like_column"].format(title=field.title))
    return f"{field.title}({field.unit})" if field.unit else field.title


def item_headers(item: DataItem) -> list[str]:
    """All headers of the item's sheet, in order."""
    columns = layout().columns
    fields = [field_header(field) for field in item.fields]
    asked = [columns.line_no, columns.name, columns.id_number, columns.outcome]
    return [*asked, *fields, columns.as_of, columns.remark]


def map_columns(title: str, rows: Sequence[Sequence[Cell]], item: DataItem) -> ColumnMap:
    """Find the item's columns in a returned sheet, in any order.

    Raises ``reply_sheet_empty``, ``reply_column_twice``, ``reply_columns_missing``, and
    ``reply_column_unknown`` when a column that was not in the template holds anything.
    """
    header = next((n for n, row in enumerate(rows) if not all(map(is_blank, row))), None)
    if header is None:
        raise Fault("reply_sheet_empty", sheet=title)
    places = _places(title, rows[header])
    columns = layout().columns
    wanted = item_headers(item)
    missing = [word for word in wanted if plain(word) not in places and word != columns.remark]
    if missing:
        raise Fault(
            "reply_columns_missing", sheet=title, columns=layout().marks["and"].join(missing)
        )
    _refuse_unknown(title, rows, header, {places[plain(w)] for w in wanted if plain(w) in places})
    return ColumnMap(
        header=header,
        width=max(places.values()) + 1,
        line_no=places[plain(columns.line_no)],
        name=places[plain(columns.name)],
        id_number=places[plain(columns.id_number)],
        outcome=places[plain(columns.outcome)],
        as_of=places[plain(columns.as_of)],
        remark=places.get(plain(columns.remark)),
        fields=tuple((f, places[plain(field_header(f))]) for f in item.fields),
    )


def column_letters(column: int) -> str:
    """A column's letters as spreadsheets show them; ``column`` counts from 0."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _places(title: str, cells: Sequence[Cell]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, cell in enumerate(cells):
        word = plain(text_of(cell))
        if word and places.setdefault(word, column) != column:
            raise Fault("reply_column_twice", sheet=title, column=column_letters(column))
    return places


def _refuse_unknown(
    title: str, rows: Sequence[Sequence[Cell]], header: int, known: set[int]
) -> None:
    for row in rows[header + 1 :]:
        for column, cell in enumerate(row):
            if column not in known and not is_blank(cell):
                raise Fault("reply_column_unknown", sheet=title, column=column_letters(column))
