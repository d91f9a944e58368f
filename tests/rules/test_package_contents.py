"""The media package: what a clerk finds on the disc, and what nobody finds on it."""

import hashlib
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.exchange.medium.asked import ListLine, PackageHead
from app.exchange.medium.item_columns import item_headers, sheet_title
from app.exchange.medium.package import make_package
from app.exchange.medium.password import make_password
from tenants.untrusted.workbook import WorkbookLimits, inspect_workbook
from tests.rules.exchange_desk import (
    DEPOSITS,
    HEAD,
    HOUSES,
    ITEMS,
    LINES,
    PASSWORD,
    VEHICLES,
    Clerk,
    contents,
    line,
    package,
)

SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz") or "7z"


def seven_zip(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real 7-Zip; it must not wait for a password on the terminal."""
    return subprocess.run(
        [SEVEN_ZIP, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def disc(tmp_path: Path) -> Path:
    path = tmp_path / "220182-2024-0005.zip"
    path.write_bytes(package())
    return path


def sheet(data: bytes, title: str) -> list[list[Any]]:
    """The rows of one sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def test_seven_zip_opens_it_with_the_password(disc: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = seven_zip("x", f"-p{PASSWORD}", f"-o{out}", str(disc))
    assert run.returncode == 0, run.stdout + run.stderr
    names = {path.name for path in out.iterdir()}
    assert names == {"manifest.json", "核对名单.xlsx", "反馈模板.xlsx", "说明.txt"}
    assert (out / "反馈模板.xlsx").read_bytes() == contents()["反馈模板.xlsx"]


@pytest.mark.parametrize("password", ["", "QZT2R-99TB7-GQ47Z-5B4X7-7HEMK"])
def test_seven_zip_opens_nothing_without_it(disc: Path, tmp_path: Path, password: str) -> None:
    run = seven_zip("t", f"-p{password}", str(disc))
    assert run.returncode != 0
    assert "Wrong password" in run.stdout + run.stderr


def test_every_file_in_it_is_under_aes_256(disc: Path) -> None:
    listed = seven_zip("l", "-slt", str(disc)).stdout
    assert re.findall(r"Encrypted = (.)", listed) == ["+"] * 4
    assert len(re.findall(r"Method = AES-256", listed)) == 4


def test_the_password_is_nowhere_in_the_package() -> None:
    inside = [package(), *contents().values()]
    for name, data in contents().items():
        if name.endswith(".xlsx"):
            inside += Clerk(data).parts.values()
    assert not any(PASSWORD.encode() in data for data in inside)


def test_nothing_private_lies_outside_the_encryption() -> None:
    for subject in LINES:
        assert subject.name.encode() not in package()
        assert subject.id_number.encode() not in package()


def test_the_manifest_says_what_is_in_it() -> None:
    manifest = json.loads(contents()["manifest.json"])
    assert manifest["head"]["stamp"] == HEAD.stamp
    assert manifest["counts"] == {
        "lines": 3,
        "asks": 6,
        "items": {"302": 1, "601": 3, "1601": 2},
    }
    for entry in manifest["files"]:
        data = contents()[entry["name"]]
        assert entry["bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()


def test_the_list_is_stamped_and_complete() -> None:
    rows = sheet(contents()["核对名单.xlsx"], "核对名单")
    text = "\n".join(str(cell) for row in rows for cell in row)
    assert HEAD.stamp in text
    assert "严禁手工造表" in text
    listed = {(row[0], row[1], row[3]) for row in rows[-3:]}
    assert listed == {(one.line_no, one.name, one.id_number) for one in LINES}
    assert "601 不动产登记；302 机动车辆权属；1601 存款" in text


@pytest.mark.parametrize(
    ("item", "numbers"), [(HOUSES, [1, 2, 3]), (VEHICLES, [1]), (DEPOSITS, [1, 2])]
)
def test_the_template_holds_exactly_the_asked_rows(item: int, numbers: list[int]) -> None:
    rows = sheet(contents()["反馈模板.xlsx"], sheet_title(ITEMS[item]))
    assert rows[0][: len(item_headers(ITEMS[item]))] == item_headers(ITEMS[item])
    assert [row[0] for row in rows[1:]] == numbers
    people = {one.line_no: (one.name, one.id_number) for one in LINES}
    assert all((row[1], row[2]) == people[int(str(row[0]).split(".")[0])] for row in rows[1:])


def test_every_item_of_the_catalogue_fits_a_sheet_and_its_headers_are_distinct() -> None:
    for item in ITEMS.values():
        headers = item_headers(item)
        assert len(set(headers)) == len(headers), item.code
        assert len(sheet_title(item)) <= 31
        assert sheet_title(item).startswith(f"{item.code} ")


def test_a_package_can_ask_every_item_of_the_catalogue() -> None:
    everything = (line(1, "王秀兰", "220182195803122248", *ITEMS),)
    assert len(make_package(HEAD, everything, ITEMS, PASSWORD)) > 10_000


@pytest.mark.parametrize(
    "name", ["=1+1", "@SUM(A1)", "+8613800000000", "-1", "\t=1", "http://a.cn"]
)
def test_a_name_is_never_a_formula_or_a_link(name: str) -> None:
    package = {**contents(HEAD, (line(1, name, "220182195803122248", HOUSES),))}
    for file, title in (("反馈模板.xlsx", "601 不动产登记"), ("核对名单.xlsx", "核对名单")):
        shapes = inspect_workbook(package[file], WorkbookLimits())
        assert [shape.first_formula for shape in shapes] == [None] * len(shapes)
        assert sheet(package[file], title)[-1][1] == name


def test_the_same_request_makes_the_same_files() -> None:
    again = make_package(HEAD, LINES, ITEMS, make_password())
    assert again != package()
    assert contents() == contents.__wrapped__()


WRONG_CALLS = [
    ("no stamp", replace(HEAD, stamp=""), LINES, PASSWORD),
    ("nobody", HEAD, (), PASSWORD),
    ("nothing asked", HEAD, (line(1, "王秀兰", "220182195803122248"),), PASSWORD),
    ("a number twice", HEAD, (LINES[0], LINES[0]), PASSWORD),
    ("an unknown item", HEAD, (line(1, "王秀兰", "220182195803122248", 9999),), PASSWORD),
    ("a weak password", HEAD, LINES, "123456"),
]


@pytest.mark.parametrize(
    ("head", "lines", "password"), [c[1:] for c in WRONG_CALLS], ids=[c[0] for c in WRONG_CALLS]
)
def test_a_caller_cannot_send_out_nonsense(
    head: PackageHead, lines: tuple[ListLine, ...], password: str
) -> None:
    with pytest.raises(ValueError, match="."):
        make_package(head, lines, ITEMS, password)


def test_passwords_are_readable_strong_and_never_the_same() -> None:
    made = {make_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([2-9A-HJKMNP-Z]{5}-){4}[2-9A-HJKMNP-Z]{5}", one) for one in made)
