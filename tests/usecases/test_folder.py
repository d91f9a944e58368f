"""The bank behind a one-way gate: requests and answers cross as signed files."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from app.exchange import service as exchange
from app.exchange.wire import deciding
from hedui_connector.wire import folder
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.files import from_file, seal, to_file, unseal
from hedui_connector.wire.signatures import FOLDER, HTTP, Key, sign_request
from tenants.calendar import instant
from tenants.messages import Fault
from tenants.settings import Settings
from tests.pages.stage import on_day
from tests.usecases.foldering import (
    Foldering,
    approved_behind_a_gate,
    long_ago,
    names,
    only,
    reason_beside,
)
from tests.world.households import subjects_by_id_number


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Foldering]:
    with on_day(12):
        yield from approved_behind_a_gate(app, settings, tmp_path / "bank")


@pytest.fixture
def open_bank(bank: Foldering) -> Foldering:
    """Connected, its request released by two operators and put out."""
    bank.connect()
    bank.release()
    return bank


def test_a_request_crosses_and_its_answers_come_back(open_bank: Foldering) -> None:
    """Four looks and no port: put out, taken and answered, accepted by two, erased at the bank."""
    bank = open_bank
    assert names(bank.out) == ["head.msg", "lines-000000001.msg"]
    assert bank.request.state == "confirmed"
    here = f"/exchange/{bank.request_id}"
    shown = bank.stage.at_browser("周建华").read(here)
    assert "已备好，等待对方取走" in shown
    assert "立即联系" not in shown, "nobody can be called"
    assert "还没有来过" in shown

    bank.bank_turn()
    assert names(bank.out) == []
    assert names(bank.into) == ["answers-000000001.msg", "receipt.msg"]
    for path in bank.into.iterdir():
        assert path.read_bytes().startswith(b"HEDUI-SEALED-1 ")
        assert b"POST" not in path.read_bytes()

    bank.look()
    assert names(bank.into) == []
    assert bank.request.state == "delivered"
    assert bank.request.due_on == dt.date(2026, 11, 23)
    (reply,) = bank.replies
    assert (reply.state, reply.missing) == ("checked", 0)
    assert reply.hits > 0

    assert "还没有来过" not in bank.stage.at_browser("周建华").read(here)

    bank.hurry()
    assert names(bank.out) == [], "until two have accepted, the answers may be asked for anew"
    bank.accept()
    shown = bank.stage.at_browser("周建华").read(here)
    assert "答复已取回，检查通过" in shown, "not for ever being checked"
    bank.hurry()
    assert names(bank.out) == ["taken.msg"]
    assert bank.dispatch.taken_at is not None
    assert bank.request.state == "answered"
    bank.there_and_back()
    assert kept_at_the_bank(bank) == [("taken", 0, 0)]
    assert bank.refused == []
    assert bank.audited().count("interface.post") == 2
    person = next(iter(subjects_by_id_number()))
    assert looked_up(bank, person)


def kept_at_the_bank(bank: Foldering) -> list[tuple[str, int, int]]:
    """State of each request there, and how many lines and answers are kept of it."""
    with closing(sqlite3.connect(bank.folder / "state" / "state.sqlite")) as db:
        return db.execute(
            "SELECT state, (SELECT count(*) FROM line WHERE request = key),"
            " (SELECT count(*) FROM answer WHERE request = key) FROM request"
        ).fetchall()


def looked_up(bank: Foldering, id_number: str) -> int:
    """How many look-ups the bank's own log holds."""
    with closing(sqlite3.connect(bank.folder / "state" / "state.sqlite")) as db:
        return int(db.execute("SELECT count(*) FROM look_up").fetchone()[0])


def test_what_comes_first_may_come_last(open_bank: Foldering) -> None:
    """A gate keeps no order: what comes too early waits, and nothing is refused."""
    bank = open_bank
    head = only(bank.out, "head")
    later = bank.place / head.name
    head.rename(later)
    bank.bank_turn()
    assert kept_at_the_bank(bank) == []
    later.rename(head)
    bank.bank_turn()
    receipt = only(bank.into, "receipt")
    receipt.rename(bank.place / receipt.name)
    bank.look()
    assert names(bank.into) == ["answers-000000001.msg"]
    assert bank.request.state == "confirmed"
    (bank.place / receipt.name).rename(receipt)
    bank.look()
    assert names(bank.into) == []
    assert [reply.state for reply in bank.replies] == ["checked"]
    assert bank.refused == []


def stranger() -> Key:
    row = ALGORITHMS["ed25519"]
    return Key("220182.99.1", row, row.read_private(row.generate()[0]))


Spoil = Callable[[bytes, Foldering], bytes]


def inside(spoil: Spoil) -> Spoil:
    """Spoiled before it was sealed: whoever can seal for the agency is not yet the bank."""

    def spoiled(data: bytes, bank: Foldering) -> bytes:
        private, public = bank.agency_box
        return seal(spoil(unseal(data, private), bank), public)

    return spoiled


def altered(data: bytes, bank: Foldering) -> bytes:
    """One byte of the body."""
    return data[:-2] + (b"2" if data[-2:-1] == b"1" else b"1") + data[-1:]


def for_somebody_else(data: bytes, bank: Foldering) -> bytes:
    return seal(unseal(data, bank.agency_box[0]), bank.unit_box[1])


def in_plain(data: bytes, bank: Foldering) -> bytes:
    return unseal(data, bank.agency_box[0])


def cut(data: bytes, bank: Foldering) -> bytes:
    return data[: len(data) // 2]


def with_more(data: bytes, bank: Foldering) -> bytes:
    return data + b" "


def by_a_stranger(data: bytes, bank: Foldering) -> bytes:
    message, body = from_file(data)
    return signed_anew(
        message.method, message.target, dict(message.headers.items()), body, stranger()
    )


def for_http(data: bytes, bank: Foldering) -> bytes:
    """Signed by the right key, for another carrier: what was overheard there is nothing here."""
    message, body = from_file(data)
    key = bank.own_key()
    return signed_anew(message.method, message.target, dict(message.headers.items()), body, key)


def for_nobodys_request(data: bytes, bank: Foldering) -> bytes:
    message, body = from_file(data)
    target = message.target.replace(bank.wire_id, f"{bank.agency_id}-1")
    headers = plain(dict(message.headers.items()))
    sent = folder.message(message.method, target, headers)
    sign_request(sent, body, bank.own_key(), now=instant(), carrier=FOLDER)
    return to_file(sent, body)


def plain(headers: dict[str, str]) -> dict[str, str]:
    return {n: headers[n] for n in headers if n.lower() in ("content-type", "idempotency-key")}


def signed_anew(method: str, target: str, headers: dict[str, str], body: bytes, key: Key) -> bytes:
    sent = folder.message(method, target, plain(headers))
    carrier = HTTP if key.keyid != stranger().keyid else FOLDER
    sign_request(sent, body, key, now=instant(), carrier=carrier)
    return to_file(sent, body)


SPOILED: dict[str, tuple[Spoil, str]] = {
    "unopened": (altered, "文件打不开"),
    "unopened by another": (for_somebody_else, "文件打不开"),
    "malformed in plain": (in_plain, "不是完整的加密报文"),
    "altered": (inside(altered), "签名或摘要不符"),
    "partial": (cut, "文件不完整"),
    "partial inside": (inside(cut), "文件不完整"),
    "malformed": (with_more, "不是完整的加密报文"),
    "stranger": (inside(by_a_stranger), "没有登记"),
    "altered by carrier": (inside(for_http), "签名或摘要不符"),
    "refused": (inside(for_nobodys_request), "没有这份申请"),
}


def test_the_portal_refuses_what_is_not_right_and_says_why(open_bank: Foldering) -> None:
    """Each spoiled file is put aside with its reason, listed for the operator, and writes nothing."""
    bank = open_bank
    bank.bank_turn()
    good = {part: only(bank.into, part).read_bytes() for part in ("receipt", "answers")}
    for name in names(bank.into):
        (bank.into / f"{bank.wire_id}.{name}").unlink()
    for number, (code, (spoil, said)) in enumerate(SPOILED.items(), start=1):
        for part in ("receipt", "answers"):
            name = f"{bank.wire_id}.{part}.msg" if part == "receipt" else answers_name(bank, number)
            path = bank.into / name
            path.write_bytes(spoil(good[part], bank))
            long_ago(path)
            bank.look()
            assert said in reason_beside(bank.into, name), (code, part)
            (bank.into / folder.REFUSED / name).unlink()
            assert bank.refused[-1] == (name, code.partition(" ")[0])
    (bank.into / "名单.xlsx").write_bytes(b"PK")
    bank.look()
    assert "不是交换文件" in reason_beside(bank.into, "名单.xlsx")
    assert bank.refused[-1] == ("", "foreign"), "a name that may say anything is not kept"
    assert bank.request.state == "confirmed"
    assert bank.dispatch.answers_kept == 0

    for part, name in (("receipt", "receipt.msg"), ("answers", "answers-000000001.msg")):
        (bank.into / f"{bank.wire_id}.{name}").write_bytes(good[part])
    bank.look()
    assert [reply.state for reply in bank.replies] == ["checked"]
    count = len(bank.refused)
    (bank.into / f"{bank.wire_id}.receipt.msg").write_bytes(good["receipt"])
    bank.look()
    assert bank.refused[count:] == [(f"{bank.wire_id}.receipt.msg", "replayed")]
    assert "此前已经办理" in reason_beside(bank.into, f"{bank.wire_id}.receipt.msg")

    zhou = bank.stage.at_browser("周建华")
    page = zhou.read("/exchange/undelivered")
    assert page.count("已处理") >= count
    assert "名称不合规则" in page
    assert str(len(bank.refused)) in zhou.read("/exchange/connections")
    first = next(
        action for action in zhou.forms("/exchange/undelivered") if "refused-files" in action
    )
    zhou.after(zhou.send("/exchange/undelivered", first))
    assert first not in zhou.forms("/exchange/undelivered")


def answers_name(bank: Foldering, number: int) -> str:
    return f"{bank.wire_id}.{folder.numbered('answers', number)}.msg"


def test_the_bank_refuses_what_is_not_right_and_tells_the_agency(open_bank: Foldering) -> None:
    """Each refusal is a signed letter: the request stops with its reason, and is put out anew."""
    bank = open_bank
    head, lines = only(bank.out, "head"), only(bank.out, "lines")
    good = {head.name: head.read_bytes(), lines.name: lines.read_bytes()}
    lines.unlink()
    private, public = bank.unit_box
    for spoil, said in (
        (lambda data: data.replace(b"2026-11", b"2026-12"), "签名或摘要不符"),
        (lambda data: by_a_stranger(data, bank), "没有登记"),
    ):
        head.write_bytes(seal(spoil(unseal(good[head.name], private)), public))
        bank.bank_turn()
        assert said in reason_beside(bank.out, head.name)
        (bank.out / folder.REFUSED / head.name).unlink()
        assert kept_at_the_bank(bank) == []
    head.write_bytes(good[head.name][:-9])
    long_ago(head)
    bank.bank_turn()
    assert "文件不完整" in reason_beside(bank.out, head.name)
    letters = sorted(bank.into.glob("*.refusal-*.msg"))
    assert len(letters) == 3

    forged = bank.into / f"{bank.wire_id}.{folder.refusal()}.msg"
    forged.write_bytes(inside(by_a_stranger)(letters[0].read_bytes(), bank))
    bank.look()
    assert bank.refused == [(forged.name, "stranger")], "nobody else refuses for the bank"
    assert (bank.dispatch.dead_code, bank.request.state) == ("not_taken", "confirmed")
    zhou, page = bank.stage.at_browser("周建华"), f"/exchange/{bank.request_id}"
    shown = zhou.read(page)
    assert "对方没有采用送去的文件" in shown
    assert "密钥没有登记" in shown
    assert "文件不完整" in shown
    zhou.after(zhou.send(page, f"{page}/wire/retry"))
    bank.stage.work()
    assert names(bank.out) == ["head.msg", "lines-000000001.msg"]
    again = lines.read_bytes()
    bank.there_and_back()
    assert [reply.state for reply in bank.replies] == ["checked"]

    (kept,) = kept_at_the_bank(bank)
    assert kept[0] == "answered"
    lines.write_bytes(again)
    bank.bank_turn()
    assert "此前已经办理" in reason_beside(bank.out, lines.name)
    assert kept_at_the_bank(bank) == [kept]
    assert names(bank.into) == [], "what the gate brought twice is nobody's matter"


def test_one_altered_byte_anywhere_and_nothing_is_taken(open_bank: Foldering) -> None:
    """At 120 places of a file in either direction, its first line among them."""
    bank = open_bank
    head = only(bank.out, "head")
    whole = head.read_bytes()
    head.unlink()
    only(bank.out, "lines").unlink()
    for page, data in enumerate(altered_everywhere(whole), start=1):
        put_long_ago(bank.out / f"{bank.wire_id}.{folder.numbered('lines', page)}.msg", data)
    bank.bank_turn()
    assert kept_at_the_bank(bank) == []
    assert len(list((bank.out / folder.REFUSED).glob("*.msg"))) == PLACES
    letter = next(bank.into.glob("*.refusal-*.msg")).read_bytes()
    for path in bank.into.glob("*.msg"):
        path.unlink()
    for page, data in enumerate(altered_everywhere(letter), start=1):
        put_long_ago(bank.into / answers_name(bank, page), data)
    bank.look()
    assert len(bank.refused) == PLACES
    assert {code for _, code in bank.refused} <= {"unopened", "malformed", "partial"}
    assert (bank.request.state, bank.dispatch.dead_code) == ("confirmed", "")


PLACES = 120


def altered_everywhere(data: bytes) -> Iterator[bytes]:
    """One bit at so many places, from the first byte to the last."""
    for number in range(PLACES):
        place = number if number < 20 else (len(data) - 1) * (number - 19) // (PLACES - 20)
        changed = bytearray(data)
        changed[place] ^= 1 << number % 8
        yield bytes(changed)


def put_long_ago(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    long_ago(path)


def test_a_file_that_is_still_being_copied_is_left_alone(open_bank: Foldering) -> None:
    bank = open_bank
    bank.bank_turn()
    receipt = only(bank.into, "receipt")
    whole = receipt.read_bytes()
    receipt.write_bytes(whole[:-5])
    bank.look()
    assert (receipt.exists(), bank.refused, bank.request.state) == (True, [], "confirmed")
    receipt.write_bytes(whole)
    bank.look()
    assert bank.request.state == "delivered"


def test_answers_that_are_refused_are_given_anew(open_bank: Foldering) -> None:
    """An operator refuses them; tried again, the request crosses anew and is looked up anew."""
    bank = open_bank
    bank.there_and_back()
    (reply,) = bank.replies
    with bank.here():
        found = exchange.reply_of(reply.id)
        exchange.refuse_reply(found.id, found.rev, bank.maker, "截至日期过早，请重新查询")
    bank.stage.work()
    assert bank.dispatch.dead_code == "reply_refused"
    looked = looked_up(bank, "")
    with bank.here():
        assert deciding.try_again(bank.request_id, bank.maker).done
    bank.stage.work()
    assert names(bank.out) == ["head.msg", "lines-000000001.msg"]
    bank.there_and_back()
    assert [found.state for found in bank.replies] == ["refused", "checked"]
    assert looked_up(bank, "") > looked
    assert bank.refused == []


def test_only_a_directory_that_was_allowed_is_used(bank: Foldering, tmp_path: Path) -> None:
    """Not another one, not by ``..``, not through a link that leads outside."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "out").mkdir(parents=True)
    (bank.place / "link").symlink_to(elsewhere)
    for path, said in (
        ("", "以 / 开头"),
        ("gate", "以 / 开头"),
        (f"{bank.place}/../elsewhere", "以 / 开头"),
        (str(elsewhere), "不在系统运维人员允许"),
        (f"{bank.place}/link", "不在系统运维人员允许"),
        (f"{bank.place}-2", "不在系统运维人员允许"),
    ):
        with pytest.raises(Fault, match=said):
            bank.connect(path or " ")
    bank.connect()


def test_a_folder_that_is_not_there_is_tried_again(bank: Foldering) -> None:
    bank.connect()
    bank.out.rename(bank.place / "away")
    bank.release()
    assert bank.attempts[-1] == ("lines", "folder_missing")
    assert bank.phase == "sending"
    (bank.place / "away").rename(bank.out)
    bank.hurry()
    assert names(bank.out) == ["head.msg", "lines-000000001.msg"]


def test_a_paused_connection_takes_nothing(open_bank: Foldering) -> None:
    bank = open_bank
    bank.bank_turn()
    bank.change_connection(is_paused=True)
    bank.look()
    assert len(names(bank.into)) == 2
    bank.change_connection(is_paused=False, closed_on=dt.date(2026, 11, 12))
    bank.look()
    assert len(names(bank.into)) == 2
    bank.change_connection(closed_on=None)
    bank.look()
    assert names(bank.into) == []


def test_no_file_name_says_anything_about_a_person(open_bank: Foldering) -> None:
    bank = open_bank
    bank.bank_turn()
    told = json.dumps([path.name for path in (*bank.out.iterdir(), *bank.into.iterdir())])
    for person in subjects_by_id_number().values():
        assert person.id_number not in told
        assert person.name not in told
