"""The seal holds: what is changed, stripped, added, swapped or foreign is told, each by its code."""

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.report.messages import Fault, say
from app.report.paper.seal_image import seal_svg
from app.report.paper.verifying import Verification, verify_report
from tests.rules.report_desk import (
    CITY,
    COUNTY,
    PROVINCE,
    authority,
    issue,
    issue_merged,
    merged_report,
    own_report,
    seal_of,
)
from tests.world.pki import issue_agency_certificate, make_demo_authority


@pytest.fixture(scope="module")
def own() -> bytes:
    return issue(own_report())


@pytest.fixture(scope="module")
def merged() -> bytes:
    return issue_merged(merged_report())


def check(pdf: bytes, production: bool = False) -> Verification:
    return verify_report(pdf, [authority().pem], production)


def flipped(at: int) -> Callable[[bytes], bytes]:
    return lambda pdf: pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def stripped(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.AcroForm
        del document.Root.Perms
        del document.pages[-1].Annots
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def rewritten(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def updated(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Remark"] = generic.pdf_string("改动")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def attachment_swapped_later(pdf: bytes) -> bytes:
    """Another file put in the place of the first attachment by an appended update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    other = writer.add_object(generic.StreamObject(stream_data=b"%PDF-1.4 other"))
    files["/F"] = files["/UF"] = other
    writer.update_container(files)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_report_as_issued_is_valid(own: bytes) -> None:
    result = check(own)
    assert (result.valid, result.intact, result.trusted) == (True, True, True)
    assert (result.signer, result.number, result.faults) == (COUNTY, "榆核报〔2026〕1184号", ())
    assert result.signed_at is not None
    assert abs(result.signed_at - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_merged_report_carries_each_tier_report_as_issued(merged: bytes) -> None:
    result = check(merged)
    assert result.valid, result.faults
    assert {(part.file_name, part.signer) for part in result.attachments} == {
        ("county.pdf", COUNTY),
        ("province.pdf", PROVINCE),
    }
    assert all(part.valid for part in result.attachments)
    with pikepdf.open(io.BytesIO(merged)) as document:
        for tier in merged_report().tier_reports:
            assert document.attachments[tier.file_name].get_file().read_bytes() == tier.pdf


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (flipped(300), "report.tampered"),
        (flipped(20_000), "report.tampered"),
        (rewritten, "report.tampered"),
        (stripped, "report.unsigned"),
        (updated, "report.changed_after_signing"),
        (lambda pdf: pdf + b"\n% more\n%%EOF\n", "report.changed_after_signing"),
        (lambda pdf: pdf[: len(pdf) // 2], "report.unreadable"),
        (lambda pdf: b"", "report.unreadable"),
        (lambda pdf: b"<html>", "report.unreadable"),
    ],
)
def test_harm_is_told_by_its_code(own: bytes, harm: Callable[[bytes], bytes], code: str) -> None:
    result = check(harm(own))
    assert not result.valid
    assert code in result.faults
    assert say(code)


def test_every_flipped_byte_outside_the_signature_is_noticed(own: bytes) -> None:
    found = re.search(rb"/Contents\s*<[0-9a-fA-F]+>", own)
    assert found, "the signature itself is not signed; some of its bytes say nothing"
    for at in range(0, len(own), len(own) // 60):
        assert not check(flipped(at)(own)).valid or found.start() <= at < found.end()


def test_an_unknown_authority_is_not_trusted(own: bytes) -> None:
    stranger = make_demo_authority()
    result = verify_report(own, [stranger.pem], production=False)
    assert (result.valid, result.intact, result.trusted) == (False, True, False)
    assert result.faults == ("report.unknown_authority",)


def test_production_refuses_the_demonstration_even_among_its_roots(own: bytes) -> None:
    result = check(own, production=True)
    assert (result.valid, result.trusted) == (False, False)
    assert "report.demonstration_authority" in result.faults


def test_production_takes_a_real_authority() -> None:
    real = make_demo_authority(marked=False)
    seal = issue_agency_certificate(real, COUNTY, "220182")
    assert verify_report(issue(own_report(), seal), [real.pem], production=True).valid


def test_a_report_of_one_agency_sealed_by_another_is_told() -> None:
    result = check(issue(own_report(), seal_of(CITY)))
    assert result.faults == ("report.signer_differs",)
    assert result.signer == CITY


def test_a_certificate_that_had_run_out_when_sealing_is_not_trusted() -> None:
    seal = issue_agency_certificate(
        authority(), COUNTY, "220182", now=datetime.now(UTC) - timedelta(days=3660)
    )
    assert "report.unknown_authority" in check(issue(own_report(), seal)).faults


def test_an_attachment_swapped_before_sealing_is_told() -> None:
    report = merged_report()
    first, second = report.tier_reports
    other = replace(first, pdf=second.pdf)
    result = check(issue_merged(report, attach=(other, second)))
    assert result.faults == ("report.attachment_swapped",)


def test_an_attachment_swapped_after_sealing_is_told(merged: bytes) -> None:
    result = check(attachment_swapped_later(merged))
    assert "report.changed_after_signing" in result.faults
    assert "report.attachment_swapped" in result.faults


def test_a_missing_and_an_unlisted_attachment_are_told() -> None:
    report = merged_report()
    first, second = report.tier_reports
    unlisted = replace(first, file_name="other.pdf")
    result = check(issue_merged(report, attach=(unlisted, second)))
    assert set(result.faults) == {"report.attachment_missing", "report.attachment_extra"}


def test_a_faulty_attached_report_makes_the_whole_invalid() -> None:
    report = merged_report()
    first, second = report.tier_reports
    broken = replace(first, pdf=flipped(300)(first.pdf))
    result = check(issue_merged(replace(report, tier_reports=(broken, second))))
    assert result.faults == ("report.attachment_invalid",)
    told = {part.file_name: part.faults for part in result.attachments}
    assert told == {"county.pdf": ("report.tampered",), "province.pdf": ()}


def test_a_seal_of_another_name_or_key_does_not_sign() -> None:
    seal = seal_of(COUNTY)
    with pytest.raises(Fault) as wrong_name:
        issue(own_report(), replace(seal, name=CITY))
    assert wrong_name.value.code == "report.seal_mismatch"
    with pytest.raises(Fault) as wrong_key:
        issue(own_report(), replace(seal, private_key=seal_of(CITY).private_key))
    assert wrong_key.value.code == "report.seal_key_mismatch"
    assert b"PRIVATE" not in repr(seal).encode()


def test_the_seal_is_red_and_lets_the_date_be_read(own: bytes) -> None:
    with pikepdf.open(io.BytesIO(own)) as document:
        pages = len(document.pages)
        x1, y1, x2, y2 = map(float, document.Root.AcroForm.Fields[0].Rect)
    drawn = subprocess.run(
        ["pdftoppm", "-r", "72", "-png", "-f", str(pages), "-l", str(pages), "-"],
        input=own,
        capture_output=True,
        check=True,
    ).stdout
    page = Image.open(io.BytesIO(drawn)).convert("RGB")
    colours = [
        page.getpixel((x, page.height - y))
        for x in range(int(x1), int(x2))
        for y in range(int(y1), int(y2))
    ]
    red = sum(r > 150 and g < 90 and b < 90 for r, g, b in colours)
    ink = sum(r < 90 and g < 90 and b < 90 for r, g, b in colours)
    assert red > 0.1 * len(colours)
    assert ink > 100
    read = subprocess.run(["pdftotext", "-", "-"], input=own, capture_output=True, check=True)
    text = read.stdout.decode()
    assert "2026年11月20日" in text
    assert "核对报告专用章" not in text


@pytest.mark.parametrize("name", ["省", COUNTY, "极长" * 30, "<script>&"])
def test_a_seal_shows_each_letter_of_the_name(name: str) -> None:
    drawn = seal_svg(name)
    assert drawn.count("<text") == len(name) + 1
    assert "<script" not in drawn
