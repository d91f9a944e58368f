"""The workbook that a sharing unit fills in; every asked pair has its row before it leaves."""

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.exchange.medium.asked import ListLine, PackageHead
from app.exchange.medium.item_columns import field_header, item_headers, sheet_title
from app.exchange.medium.layout import layout
from app.exchange.medium.sheets import Styles, fit_to_paper, head_rows, new_workbook, write_texts
from tenants.catalogue import DataItem, Field, FieldType

_ASKED_WIDTHS = (7, 12, 22, 12)
_FIRST_FIELD = len(_ASKED_WIDTHS)
# Room below the asked rows in which the drop-downs still work, for further records of a person.
_SPARE_ROWS = 5000

CodeRanges = Mapping[tuple[int, str], str]


def make_reply_template(
    head: PackageHead, lines: Sequence[ListLine], items: Sequence[DataItem]
) -> bytes:
    """The template as xlsx: head and stamp first, a sheet per data item, code lists last."""
    asks = sum(len(line.items) for line in lines)
    with new_workbook(head.made_on) as (book, styles, buffer):
        _write_head(book, head_rows(head, len(lines), asks), styles)
        sheets = {item.code: book.add_worksheet(sheet_title(item)) for item in items}
        codes = _write_codes(book, items, styles)
        for item in items:
            asked = [line for line in lines if item.code in line.items]
            _write_item(sheets[item.code], item, asked, codes, styles)
    return buffer.getvalue()


def _write_head(book: Workbook, rows: list[tuple[str, str]], styles: Styles) -> None:
    sheet = book.add_worksheet(layout().sheets.head)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90, styles.wrapped)
    sheet.write_string(0, 0, layout().titles["reply"], styles.title)
    for row, (label, value) in enumerate(rows, start=2):
        sheet.write_string(row, 0, label, styles.label)
        sheet.write_string(row, 1, value, styles.asked)
    for row, text in enumerate(layout().texts["how_to_fill"], start=len(rows) + 3):
        sheet.write_string(row, 1, text, styles.wrapped)
    fit_to_paper(sheet)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_codes(book: Workbook, items: Sequence[DataItem], styles: Styles) -> CodeRanges:
    """Write the lists behind the drop-downs, one per column; return where each lies."""
    name = layout().sheets.codes
    sheet = book.add_worksheet(name)
    ranges: dict[tuple[int, str], str] = {}
    for column, (item, field) in enumerate(_coded(items)):
        sheet.write_string(0, column, f"{item.code} {field.title}", styles.header)
        for row, title in enumerate(field.codes.values(), start=1):
            sheet.write_string(row, column, title, styles.text)
        letters = xl_col_to_name(column, True)
        ranges[item.code, field.name] = f"='{name}'!{letters}$2:{letters}${len(field.codes) + 1}"
    sheet.set_column(0, max(len(ranges) - 1, 0), 24)
    return ranges


def _coded(items: Sequence[DataItem]) -> Iterator[tuple[DataItem, Field]]:
    for item in items:
        for field in item.fields:
            if field.type is FieldType.CODE:
                yield item, field


def _write_item(
    sheet: Worksheet,
    item: DataItem,
    asked: Sequence[ListLine],
    codes: CodeRanges,
    styles: Styles,
) -> None:
    headers = item_headers(item)
    last = len(asked) + _SPARE_ROWS
    _format_columns(sheet, item, headers, styles)
    write_texts(sheet, 0, headers, styles.header)
    for row, line in enumerate(asked, start=1):
        sheet.write_number(row, 0, line.line_no, styles.asked)
        sheet.write_string(row, 1, line.name, styles.asked)
        sheet.write_string(row, 2, line.id_number, styles.asked)
    _validate(sheet, item, last, codes)
    fit_to_paper(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(asked), len(headers) - 1)


def _format_columns(
    sheet: Worksheet, item: DataItem, headers: Sequence[str], styles: Styles
) -> None:
    for column, width in enumerate(_ASKED_WIDTHS):
        sheet.set_column(column, column, width, styles.text if column else None)
    for column, field in enumerate(item.fields, start=_FIRST_FIELD):
        width = max(14, 2 * len(field_header(field)) + 2)
        sheet.set_column(column, column, width, _style_of(field, styles))
    sheet.set_column(len(headers) - 2, len(headers) - 2, 16, styles.date)
    sheet.set_column(len(headers) - 1, len(headers) - 1, 30, styles.text)


def _style_of(field: Field, styles: Styles) -> Format | None:
    by_type: Mapping[FieldType, Format | None] = {
        FieldType.DATE: styles.date,
        FieldType.MONEY: styles.money,
        FieldType.NUMBER: None,
    }
    return by_type.get(field.type, styles.text)


def _validate(sheet: Worksheet, item: DataItem, last: int, codes: CodeRanges) -> None:
    texts = layout().texts
    outcomes = {
        "validate": "list",
        "source": list(layout().outcome_words.values()),
        "input_message": texts["outcome_prompt"],
        "error_message": texts["outcome_error"],
    }
    sheet.data_validation(1, 3, last, 3, outcomes)
    for column, field in enumerate(item.fields, start=_FIRST_FIELD):
        source: str | list[str] | None = codes.get((item.code, field.name))
        if field.type is FieldType.YES_NO:
            source = [layout().yes, layout().no]
        if source is not None:
            rule = {"validate": "list", "source": source, "error_message": texts["codes_error"]}
            sheet.data_validation(1, column, last, column, rule)
    as_of = _FIRST_FIELD + len(item.fields)
    prompt = {"validate": "any", "input_message": texts["as_of_prompt"]}
    sheet.data_validation(1, as_of, last, as_of, prompt)
