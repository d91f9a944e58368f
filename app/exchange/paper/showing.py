"""What a typist's page shows of a line, and what the page of the differences shows of two looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.exchange.medium.asked import AskedLine, AskedRequest
from app.exchange.medium.item_columns import item_headers
from app.exchange.medium.layout import layout as words
from app.exchange.paper.models import SETTLED
from app.exchange.paper.typing import IDENTITY, MOST_RECORDS, Entries, Place, shown
from tenants.catalogue import DataItem, FieldType
from tenants.masking import mask_id_number, mask_name


@dataclass(frozen=True)
class Control:
    """One control: its name, label, what is offered to choose, what stands in it."""

    name: str
    label: str
    choices: tuple[str, ...]
    value: str
    is_figure: bool = False


@dataclass(frozen=True)
class ItemSheet:
    """One item: the controls that are asked once, and those of each record."""

    item: DataItem
    outcome: Control
    records: tuple[tuple[Control, ...], ...]
    ends: tuple[Control, ...]


@dataclass(frozen=True)
class Sheet:
    """One line as it is typed; the person is masked, for the paper has the whole."""

    asked: AskedRequest
    line_no: int
    look: int
    entries: Entries
    more: int = 0

    @property
    def line(self) -> AskedLine:
        return self.asked.lines[self.line_no]

    @property
    def is_settling(self) -> bool:
        return self.look == SETTLED

    @property
    def name(self) -> str:
        return mask_name(self.line.name)

    @property
    def id_number(self) -> str:
        return mask_id_number(self.line.id_number)

    @property
    def place(self) -> str:
        """Where it is in the list: 3 / 20."""
        return f"{sorted(self.asked.lines).index(self.line_no) + 1} / {len(self.asked.lines)}"

    @property
    def items(self) -> list[DataItem]:
        """What is still open of this person."""
        return [
            self.asked.items[code]
            for code in self.line.items
            if (self.line_no, code) not in self.asked.answered
        ]

    @property
    def item_sheets(self) -> list[ItemSheet]:
        return [self._item_sheet(item) for item in self.items]

    def filled(self, entries: Entries, more: int = 0) -> "Sheet":
        """With entries; ``more``: the item that gets one more empty record."""
        return replace(self, entries=entries, more=more)

    def _item_sheet(self, item: DataItem) -> ItemSheet:
        records = [list(record) for record in self.entries.get(str(item.code), [])]
        width = len(item_headers(item)) - IDENTITY
        records = records or [[""] * width]
        if self.more == item.code and len(records) < MOST_RECORDS:
            records.append([""] * width)
        rows = [self._controls(item, n, record) for n, record in enumerate(records)]
        return ItemSheet(item, rows[0][0], tuple(row[1:-2] for row in rows), rows[0][-2:])

    def _controls(self, item: DataItem, record: int, cells: Sequence[str]) -> tuple[Control, ...]:
        headers = item_headers(item)[IDENTITY:]
        return tuple(
            Control(
                name=Place(item.code, record, column).name,
                label=header,
                choices=_choices(item, column),
                value=cells[column],
                is_figure=_is_figure(item, column),
            )
            for column, header in enumerate(headers)
        )


def _choices(item: DataItem, column: int) -> tuple[str, ...]:
    if column == 0:
        return tuple(words().outcome_words.values())
    if column > len(item.fields):
        return ()
    field = item.fields[column - 1]
    if field.type is FieldType.YES_NO:
        return (words().yes, words().no)
    return tuple(field.codes.values())


def _is_figure(item: DataItem, column: int) -> bool:
    if not 0 < column <= len(item.fields):
        return False
    return item.fields[column - 1].type in (FieldType.MONEY, FieldType.NUMBER)


def sheet_of(asked: AskedRequest, line_no: int, look: int) -> Sheet:
    """A line of a request; ``LookupError`` when the list has none such."""
    if line_no not in asked.lines:
        raise LookupError(f"no line {line_no}")
    return Sheet(asked, line_no, look, {})


@dataclass(frozen=True)
class Difference:
    """A line that the two looks read differently, item by item."""

    line_no: int
    name: str
    items: tuple[tuple[DataItem, tuple[list[tuple[str, str]], list[tuple[str, str]]]], ...]


def difference_lines(
    asked: AskedRequest, different: Mapping[int, tuple[Entries, Entries]]
) -> list[Difference]:
    """The lines that differ, with both looks' entries of the items that were typed differently."""
    found = []
    for line_no, (first, second) in different.items():
        items = [asked.items[code] for code in asked.lines[line_no].items]
        pairs = tuple((item, (shown(first, item), shown(second, item))) for item in items)
        kept = tuple(pair for pair in pairs if pair[1][0] != pair[1][1])
        found.append(Difference(line_no, mask_name(asked.lines[line_no].name), kept))
    return found
