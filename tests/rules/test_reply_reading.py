"""A reply that is right: however it was saved, what was written is what is taken."""

import csv
import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.exchange.medium.item_columns import item_headers
from app.exchange.medium.replies import Answer, CheckedReply
from app.exchange.medium.reply_contents import missing_fields
from tenants.catalogue.outcomes import Outcome
from tests.rules.exchange_desk import (
    DEPOSIT,
    DEPOSITS,
    HEAD,
    HOUSE,
    HOUSES,
    ITEMS,
    LINES,
    NOTHING,
    PASSWORD,
    VEHICLES,
    Clerk,
    asked,
    contents,
    package,
    read,
    zipped,
)

SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz") or "7z"
SAVED = Path(__file__).parents[1] / "files" / "reply_libreoffice.xlsx"
MAY_15 = date(2024, 5, 15)


def filled() -> Clerk:
    """Everything answered; 李建国 has two houses, the second written below the asked rows."""
    clerk = Clerk()
    clerk.write(HOUSES, 2, **NOTHING)
    clerk.write(HOUSES, 3, **HOUSE)
    clerk.write(HOUSES, 4, 查询结果="无法查询", 备注="系统升级，下月可查")
    second = {"行号": 2, "姓名": "李建国", "证件号码": "22018219620417123X"}
    clerk.write(HOUSES, 5, **second, **{**HOUSE, "建筑面积": "120", "权属状态": "历史"})
    clerk.write(VEHICLES, 2, 查询结果="有记录", 名下是否登记有机动车辆="是", 数据截至日期=MAY_15)
    clerk.write(DEPOSITS, 2, 查询结果="拒绝提供")
    clerk.write(DEPOSITS, 3, **DEPOSIT)
    return clerk


def check_taken(reply: CheckedReply) -> None:
    """What :func:`filled` says is what was taken."""
    assert [str(fault) for fault in reply.faults] == []
    assert reply.is_accepted
    outcomes = {(a.line_no, a.item): a.outcome for a in reply.answers}
    assert outcomes == {
        (1, HOUSES): Outcome.NO_RECORD,
        (2, HOUSES): Outcome.HIT,
        (3, HOUSES): Outcome.UNABLE,
        (1, VEHICLES): Outcome.HIT,
        (1, DEPOSITS): Outcome.REFUSED,
        (2, DEPOSITS): Outcome.HIT,
    }
    assert Answer(3, HOUSES, Outcome.UNABLE, None, "系统升级，下月可查") in reply.answers
    houses = [r for r in reply.records if r.item == HOUSES]
    assert [(r.line_no, r.fields["area"], r.fields["status"]) for r in houses] == [
        (2, Decimal("85.6"), "1"),
        (2, Decimal(120), "2"),
    ]
    assert houses[0].fields["registered_on"] == date(2019, 3, 1)
    (deposit,) = (r for r in reply.records if r.item == DEPOSITS)
    assert deposit.as_of == MAY_15
    assert deposit.fields == {
        "bank": "榆树农商行",
        "account_no": "6228480402564890018",
        "account_kind": "2",
        "balance": 1234567,
        "as_of": date(2024, 4, 30),
    }
    (vehicle,) = (r for r in reply.records if r.item == VEHICLES)
    assert vehicle.fields == {"owns_vehicle": True}
    counts = reply.reconciliation
    assert (counts.asked, counts.answered, counts.missing) == (6, 6, ())


def test_the_filled_template_by_itself() -> None:
    check_taken(read(filled().save()))


@pytest.mark.parametrize("method", ["AES256", "ZipCrypto"])
def test_the_whole_disc_packed_again_by_seven_zip(tmp_path: Path, method: str) -> None:
    disc, folder, returned = tmp_path / "a.zip", tmp_path / "给核对中心", tmp_path / "回.zip"
    disc.write_bytes(package())
    run = [SEVEN_ZIP, "x", f"-p{PASSWORD}", f"-o{folder}", str(disc)]
    subprocess.run(run, check=True, capture_output=True)
    (folder / "反馈模板.xlsx").write_bytes(filled().save())
    pack = [SEVEN_ZIP, "a", "-tzip", f"-mem={method}", f"-p{PASSWORD}", str(returned), str(folder)]
    subprocess.run(pack, check=True, capture_output=True)
    check_taken(read(returned.read_bytes(), "回.zip"))


def test_the_template_saved_by_another_program() -> None:
    """By LibreOffice; ``tests.files.reply_saved`` makes the file anew."""
    check_taken(read(SAVED.read_bytes()))


def csv_rows() -> dict[str, list[list[str]]]:
    """The same answers as a unit's own system would export them."""
    people = {one.line_no: [str(one.line_no), one.name, one.id_number] for one in LINES}
    house = ["有记录", "吉(2019)1号", "", "住宅", "85.6", "", "2019/3/1", "现势", "2024-5-15", ""]
    second = [*house[:4], "120", "", "2019年3月1日", "2", "20240515", ""]
    deposit = ["有记录", "榆树农商行", "\t6228480402564890018", "定期", "12,345.67", "45412"]
    blank = [""] * 7
    return {
        "601 不动产登记.csv": [
            [*people[1], "无记录", *blank, "2024.5.15"],
            [*people[2], *house],
            [*people[2], house[0], "", "", "", *second[4:5], "", *second[6:]],
            [*people[3], "无法查询", *blank, "", "系统升级，下月可查"],
        ],
        "302.csv": [[*people[1], "有记录", "是", "2024-05-15 00:00:00", ""]],
        "1601.csv": [[*people[1], "拒绝提供"], [*people[2], *deposit, "2024-05-15", ""]],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_files_beside_the_manifest(encoding: str) -> None:
    files = {"manifest.json": contents()["manifest.json"]}
    for name, rows in csv_rows().items():
        item = ITEMS[int(name.split(".")[0].split()[0])]
        text = io.StringIO()
        csv.writer(text).writerows([item_headers(item), *rows])
        files[name] = text.getvalue().encode(encoding)
    check_taken(read(zipped(files), "反馈.zip"))


def test_columns_may_stand_in_another_order_and_remarks_may_be_gone() -> None:
    headers = item_headers(ITEMS[VEHICLES])
    cells = dict(
        zip(
            headers,
            ["1", "王秀兰", "220182195803122248", "有记录", "是", "2024-05-15", ""],
            strict=True,
        )
    )
    shuffled = [h for h in reversed(headers) if h != "备注"]
    text = "\r\n".join(",".join(row) for row in (shuffled, [cells[h] for h in shuffled]))
    files = {"manifest.json": contents()["manifest.json"], "302.csv": text.encode()}
    assert read(zipped(files), "反馈.zip").reconciliation.hit == 1


def test_what_is_left_open_stays_pending_and_comes_in_a_second_file() -> None:
    first = read(Clerk().write(HOUSES, 2, **NOTHING).write(DEPOSITS, 3, **DEPOSIT).save())
    assert first.is_accepted
    assert first.reconciliation.missing == ((1, VEHICLES), (1, DEPOSITS), (2, HOUSES), (3, HOUSES))
    answered = {(a.line_no, a.item): a.outcome for a in first.answers}
    clerk = Clerk().write(HOUSES, 2, **NOTHING).write(HOUSES, 3, **HOUSE)
    second = read(clerk.save(), request=asked(answered=answered))
    assert [(a.line_no, a.item) for a in second.answers] == [(2, HOUSES)]
    assert second.repeated == 1
    assert second.reconciliation.missing == ((1, VEHICLES), (1, DEPOSITS), (3, HOUSES))


def test_an_empty_template_is_no_fault_and_answers_nothing() -> None:
    reply = read(Clerk().save())
    assert reply.is_accepted
    assert reply.answers == ()
    assert len(reply.reconciliation.missing) == 6


@pytest.mark.parametrize(
    ("name", "id_number"),
    [
        ("阿依古丽•买买提", "220182198111030621"),
        ("阿依古丽 ・ 买买提", " 220182198111030621 "),
        ("阿依古丽·买买提", "２２０１８２１９８１１１０３０６２１"),
    ],
)
def test_the_same_person_written_by_another_input_method(name: str, id_number: str) -> None:
    clerk = Clerk().write(HOUSES, 4, 姓名=name, 证件号码=id_number, **NOTHING)
    assert read(clerk.save()).reconciliation.no_record == 1


def test_a_checking_service_may_say_no_twice() -> None:
    row = {**NOTHING, "名下是否登记有机动车辆": "否"}
    reply = read(Clerk().write(VEHICLES, 2, **row).save())
    assert reply.reconciliation.no_record == 1
    assert reply.records == ()


def test_a_record_that_does_not_count_needs_no_amount() -> None:
    benefits = ITEMS[501]
    assert benefits.measures[0].only_values == ("1",)
    assert [f.name for f in missing_fields(benefits, {"benefit_status": "3"})] == []
    assert [f.name for f in missing_fields(benefits, {"benefit_status": "1"})] == ["benefit_amount"]
    assert [f.name for f in missing_fields(benefits, {})] == ["benefit_status"]


def test_stray_files_of_windows_and_mac_are_no_matter() -> None:
    files = {
        "反馈/反馈模板.xlsx": filled().save(),
        "反馈/核对名单.xlsx": contents()["核对名单.xlsx"],
        "__MACOSX/反馈/._反馈模板.xlsx": b"x",
        "反馈/~$反馈模板.xlsx": b"x",
        "反馈/Thumbs.db": b"x",
    }
    check_taken(read(zipped(files), "反馈.zip"))


def test_names_as_chinese_windows_packs_them() -> None:
    packed = zipped(
        {"AAAAAAAA.xlsx": filled().save(), "BBBBBBBB.xlsx": contents()["核对名单.xlsx"]}
    )
    packed = packed.replace(b"AAAAAAAA", "反馈模板".encode("gbk"))
    check_taken(read(packed.replace(b"BBBBBBBB", "核对名单".encode("gbk")), "反馈.zip"))


def test_a_stamp_typed_from_paper_will_do() -> None:
    check_taken(read(filled().head("校验码", HEAD.stamp.lower().replace("-", " ")).save()))
