"""One altered byte in a package, a reply or a stamp: told what and where, or it changes nothing.

What protects a file are the checksums of the ZIP that an xlsx is, the seals of the encrypted package,
and the stamp; a bare csv has none, so it comes in a ZIP with its manifest.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from app.exchange.medium.replies import CheckedReply
from tenants.messages import Fault
from tenants.untrusted.archive import Archive, ArchiveLimits
from tests.rules.exchange_desk import (
    HEAD,
    HOUSE,
    HOUSES,
    NOTHING,
    PASSWORD,
    Clerk,
    contents,
    package,
    read,
    zipped,
)

SAMPLES = 300
REFUSED = {
    *("archive_broken", "archive_file_broken", "archive_locked_or_broken", "archive_bomb"),
    *("archive_password_wrong", "archive_password_needed", "archive_method", "archive_path"),
    *("archive_twice", "workbook_broken", "file_kind_refused", "file_too_large"),
}


def altered(data: bytes) -> Iterator[bytes]:
    """The file with one bit of one byte turned, at places all over it."""
    for at in range(0, len(data), max(1, len(data) // SAMPLES)):
        spoilt = bytearray(data)
        spoilt[at] ^= 1 << (at % 8)
        yield bytes(spoilt)


def filled() -> bytes:
    return Clerk().write(HOUSES, 2, **NOTHING).write(HOUSES, 3, **HOUSE).save()


def said(reply: CheckedReply) -> object:
    return reply.answers, reply.records


@pytest.mark.parametrize("kind", ["workbook", "archive"])
def test_an_altered_byte_never_alters_an_answer(kind: str) -> None:
    data, name = (filled(), "反馈.xlsx")
    if kind == "archive":
        data, name = zipped({"反馈模板.xlsx": filled()}), "反馈.zip"
    right, seen = said(read(data, name)), Counter[str]()
    for spoilt in altered(data):
        try:
            reply = read(spoilt, name)
        except Fault as fault:
            seen[fault.code] += 1
            continue
        # A file's date and the like say nothing.
        seen["unchanged"] += 1
        assert reply.faults_found or said(reply) == right
    assert set(seen) <= REFUSED | {"unchanged"}
    assert seen["archive_file_broken"] > SAMPLES / 2


def test_an_altered_byte_of_the_package_is_told_to_whoever_opens_it() -> None:
    right, seen = contents(), Counter[str]()
    for spoilt in altered(package()):
        try:
            opened = Archive(spoilt, ArchiveLimits(), PASSWORD)
            found = {name: opened.read(name) for name in opened.names}
        except Fault as fault:
            seen[fault.code] += 1
            continue
        seen["unchanged"] += 1
        assert sorted(found.values()) == sorted(right.values())
    assert set(seen) <= REFUSED | {"unchanged"}
    assert seen["archive_locked_or_broken"] > SAMPLES * 0.8


def test_it_says_which_file_of_the_archive() -> None:
    data = zipped({"a.csv": b"x", "反馈模板.xlsx": filled()})
    spoilt = bytearray(data)
    spoilt[len(data) - 300] ^= 1
    with pytest.raises(Fault) as told:
        read(bytes(spoilt), "反馈.zip")
    assert told.value.values in ({"place": 1}, {"place": 2}, {})


@pytest.mark.parametrize("place", [n for n, sign in enumerate(HEAD.stamp) if sign != "-"])
def test_every_sign_of_the_stamp_counts(place: int) -> None:
    wrong = "0" if HEAD.stamp[place] != "0" else "1"
    stamp = HEAD.stamp[:place] + wrong + HEAD.stamp[place + 1 :]
    with pytest.raises(Fault) as told:
        read(Clerk(filled()).head("校验码", stamp).save())
    assert told.value.code == "reply_stamp_wrong"


@pytest.mark.parametrize("name", ["核对名单.xlsx", "说明.txt"])
def test_a_list_that_comes_back_altered_is_named(name: str) -> None:
    files = dict(contents())
    real = next(
        n for n in files if n.rpartition(".")[2] == name.rpartition(".")[2] and "反馈" not in n
    )
    files["反馈模板.xlsx"] = filled()
    assert read(zipped(files), "反馈.zip").faults_found == 0
    files[real] = files[real][:-1] + bytes([files[real][-1] ^ 1])
    with pytest.raises(Fault) as told:
        read(zipped(files), "反馈.zip")
    assert (told.value.code, told.value.values) == ("reply_list_altered", {"file": real})
