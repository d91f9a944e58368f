"""Pages: NDJSON whose last line says how many rows there are and where to go on.

A page is read whole or not at all, so that nothing of a page with a fault is used.
"""

import json
from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from hedui_connector.wire.faults import Fault, fault, faults_of
from hedui_connector.wire.limits import BYTES_PER_LINE, FAULTS_TOLD, LINES_PER_PAGE
from hedui_connector.wire.models import End
from hedui_connector.wire.problems import Refusal

MEDIA_TYPE = "application/x-ndjson"
Row = TypeVar("Row", bound=BaseModel)


class EndLine(BaseModel):
    """The last line of a page."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    end: End


def write_page(rows: Iterable[str], end: End) -> bytes:
    """A page of rows that are JSON already."""
    lines = [*rows, EndLine(end=end).model_dump_json()]
    return ("\n".join(lines) + "\n").encode()


def to_json(row: BaseModel) -> str:
    """A row as it stands in a page: in one line, what has its default left out."""
    return row.model_dump_json(exclude_defaults=True)


def read_page(body: bytes, model: type[Row]) -> tuple[list[Row], End]:
    """The rows and the end of a page; ``Refusal`` with each fault's row, and no row at all."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("bad_message", fault("not_utf8", "-")) from None
    *lines, last = body.removesuffix(b"\n").split(b"\n")
    end = _read_end(last, is_closed=body.endswith(b"\n"), row=len(lines) + 1)
    if len(lines) > LINES_PER_PAGE:
        found = fault("page_too_long", "end", found=len(lines), most=LINES_PER_PAGE)
        raise Refusal("bad_message", found)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if len(faults) >= FAULTS_TOLD:
            break
        if len(line) > BYTES_PER_LINE:
            limits = {"found": len(line), "most": BYTES_PER_LINE}
            faults.append(fault("line_too_long", "-", row=number, **limits))
            continue
        try:
            rows.append(model.model_validate_json(line))
        except ValidationError as error:
            faults.extend(faults_of(error, number))
    if not faults and end.count != len(rows):
        faults.append(fault("count_differs", "end.count", told=end.count, found=len(rows)))
    if faults:
        raise Refusal("bad_message", *faults)
    return rows, end


def _read_end(line: bytes, *, is_closed: bool, row: int) -> End:
    if not is_closed or len(line) > BYTES_PER_LINE:
        raise Refusal("bad_message", fault("no_end", "-", row=row))
    try:
        return EndLine.model_validate_json(line).end
    except ValidationError as error:
        if _is_object_with_end(line):
            raise Refusal("bad_message", *faults_of(error, row)) from None
        raise Refusal("bad_message", fault("no_end", "-", row=row)) from None


def _is_object_with_end(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and "end" in found


def read_message(body: bytes, model: type[Row]) -> Row:
    """One message; ``Refusal`` with its faults."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Refusal("bad_message", *faults_of(error)) from None
