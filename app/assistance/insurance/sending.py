"""参保核查名单: whom human resources is to look up, as one encrypted package that the system made
and stamped; there is no list made by hand (粤民发〔2020〕143号 一、二)."""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED

import pyzipper

from app.assistance.insurance import names
from app.assistance.insurance.messages import INSURANCE_TITLES, Fault, say
from app.assistance.insurance.models import InsuranceRound
from app.assistance.insurance.naming import named_in
from app.assistance.insurance.queries import round_of
from app.exchange.medium.sheets import fit_to_paper, new_workbook, write_texts
from app.made.making import Maker, Part, Task
from app.web.formats import month, written_day
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.scope import current_scope
from tenants.vault import vault

Row = tuple[str, str, str]
"""Name, number, township: what a look-up needs, and no more."""
_STAMP_BYTES, _GROUP = 15, 4


@dataclass(frozen=True)
class Head:
    """What a list says of itself: label → value, in this order."""

    lines: dict[str, str]

    def stamped(self, rows: Sequence[Row]) -> dict[str, str]:
        """The lines with the stamp over them and every row: HMAC under the key of this agency."""
        said = json.dumps([self.lines, _digest(rows)], ensure_ascii=False).encode()
        code = hmac.digest(vault().stamp_key, said, "sha256")[:_STAMP_BYTES]
        text = base64.b32encode(code).decode("ascii")
        groups = (text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
        return self.lines | {names.STAMP: "-".join(groups)}


def _digest(rows: Sequence[Row]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def rows_of(round_id: int) -> tuple[list[Row], int]:
    """Everybody of a round who is meant to be insured and has authorised it, and how many have not.

    Raises ``Fault`` once a newer round replaced it, and where nobody has.
    """
    people, left_out = named_in(round_id, business_date())
    if not people:
        raise Fault("insurance.list_nobody" if left_out else "insurance.list_gone")
    return [(one.name, one.id_number, one.township) for one in people], left_out


def head_of(found: InsuranceRound, count: int, left_out: int) -> Head:
    """By whom, for what, by which notice, whether consent is needed, as of when, how many."""
    values = (
        f"{current_scope().agency_id}-{found.period}-{found.id % 10**12}",
        agency(current_scope().agency_id).name,
        say("insurance.list_to"),
        say("insurance.list_for", insurance=INSURANCE_TITLES[found.insurance]),
        say("insurance.list_basis"),
        say("insurance.list_consent"),
        say("insurance.list_as_of", day=written_day(found.asked_on), month=month(found.period)),
        say("insurance.list_count", count=count, left_out=left_out),
    )
    return Head(dict(zip(names.HEAD, values, strict=True)))


def pack(round_id: int, password: str) -> bytes:
    """The workbook and its manifest, as one ZIP (WinZip AES-256)."""
    found, (rows, left_out) = round_of(round_id), rows_of(round_id)
    lines = head_of(found, len(rows), left_out).stamped(rows)
    sheet = _sheet(found, lines, rows)
    manifest = {**lines, names.DIGEST: hashlib.sha256(sheet).hexdigest()}
    told = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as whole:
        whole.setpassword(password.encode())
        whole.writestr(names.LIST, sheet)
        whole.writestr(names.MANIFEST, told)
    return buffer.getvalue()


def _sheet(found: InsuranceRound, lines: dict[str, str], rows: Sequence[Row]) -> bytes:
    with new_workbook(found.asked_on) as (book, styles, buffer):
        sheet = book.add_worksheet(names.SHEET)
        sheet.write_string(0, 0, names.SHEET, styles.title)
        for place, (label, value) in enumerate(lines.items(), start=1):
            write_texts(sheet, place, [label, value], styles.text)
        top = len(lines) + 2
        write_texts(sheet, top, names.COLUMNS, styles.header)
        for place, row in enumerate(rows, start=top + 1):
            write_texts(sheet, place, row, styles.asked)
        sheet.set_column(0, 2, 24)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 0)
        fit_to_paper(sheet)
        sheet.protect("", {"autofilter": True, "format_columns": True, "select_locked_cells": True})
    return buffer.getvalue()


def _step(task: Task) -> Part:
    with task.at_work():
        data = pack(task.asked["round"], task.password)
    return Part(data, reached=1, done=1, is_last=True)


def _join(_task: Task, parts: Callable[[], Iterator[bytes]]) -> bytes:
    (whole,) = parts()
    return whole


LISTS = Maker(_step, _join)
