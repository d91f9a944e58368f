"""csv from outside: UTF-8 with or without a mark, or what Chinese Windows writes."""

import csv
import io

from tenants.messages import Fault, register
from tenants.untrusted.kinds import UTF16_MARKS
from tenants.untrusted.messages import UNTRUSTED_MESSAGES

register(UNTRUSTED_MESSAGES)


def decode_text(data: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with one, else GB18030, which contains GBK.

    Raises ``text_encoding``, also for a text with NUL characters.
    """
    wide = data.startswith(UTF16_MARKS)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Fault("text_encoding")


def read_csv(
    data: bytes, max_rows: int, title: str, *, strict: bool = False, delimiter: str = ","
) -> list[list[str]]:
    """The cells of a csv as text, as they stand.

    ``strict`` refuses a quotation mark that is never closed or stands before more text: it would
    swallow the rows after it. ``title`` names the file in faults: ``workbook_too_many_rows``,
    ``text_broken``, ``text_encoding``.
    """
    reader = csv.reader(
        io.StringIO(decode_text(data), newline=""), strict=strict, delimiter=delimiter
    )
    rows: list[list[str]] = []
    try:
        for row in reader:
            if len(rows) == max_rows:
                raise Fault(
                    "workbook_too_many_rows",
                    sheet=title,
                    rows=max_rows + 1,
                    limit=max_rows,
                )
            rows.append(row)
    except csv.Error as error:
        raise Fault("text_broken", row=reader.line_num) from error
    return rows
