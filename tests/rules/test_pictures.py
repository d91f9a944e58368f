"""Scans from outside: what is taken, what of them is kept, and what is refused with which words."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from app.papers.pictures import LONGEST_EDGE, Picture, clean, cropped, turned
from tenants.messages import Fault
from tests.world.papers import authorisation, phone_photo


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def pdf(pages: int = 1, **options: object) -> bytes:
    """A PDF that is not made of pictures."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(buffer, **options)
    return buffer.getvalue()


def test_a_photograph_stands_upright_and_does_not_say_where_it_was_taken() -> None:
    sent = phone_photo()
    assert b"WHEREABOUTS" in sent
    (kept,) = clean(sent)
    assert b"WHEREABOUTS" not in kept.data
    assert b"Exif" not in kept.data
    assert opened(kept).size == (900, 1200)
    assert kept.media_type == "image/jpeg"


def test_a_large_photograph_is_kept_at_a_size_that_can_be_read() -> None:
    (kept,) = clean(phone_photo((5200, 3900)))
    assert max(opened(kept).size) == LONGEST_EDGE


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "RGB"])
def test_a_png_of_any_kind_becomes_a_sheet_on_white_paper(mode: str) -> None:
    (kept,) = clean(encoded(Image.new(mode, (600, 400)), "PNG"))
    assert opened(kept).format == "JPEG"


def test_a_scanners_pdf_becomes_a_picture_for_each_page() -> None:
    sheets = [Image.new("L", (600, 800), 200), Image.new("RGB", (800, 600), "white")]
    sent = encoded(sheets[0], "PDF", save_all=True, append_images=sheets[1:])
    assert [opened(sheet).size for sheet in clean(sent)] == [(600, 800), (800, 600)]


def test_another_pdf_keeps_its_pages_and_nothing_that_acts() -> None:
    with pikepdf.open(io.BytesIO(pdf(2))) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('HELLO')")
        document.Root.OpenAction = document.make_indirect(script)
        document.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        document.attachments["secret.txt"] = b"HELLO"
        buffer = io.BytesIO()
        document.save(buffer, compress_streams=False)
    assert b"HELLO" in buffer.getvalue()
    (kept,) = clean(buffer.getvalue())
    assert (kept.media_type, kept.pages) == ("application/pdf", 2)
    assert b"JavaScript" not in kept.data
    assert b"HELLO" not in kept.data


def bomb() -> bytes:
    return encoded(Image.new("1", (10_000, 10_000)), "PNG")


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "file_empty"),
    ("too many bytes", lambda: b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "paper_too_large"),
    ("too many pixels", bomb, "paper_pixels"),
    ("a stamp's size", lambda: encoded(Image.new("L", (90, 60)), "PNG"), "paper_too_small"),
    ("cut off", lambda: authorisation("张三", "2026")[:4000], "paper_broken"),
    ("no picture", lambda: b"\xff\xd8\xff not at all a picture", "paper_broken"),
    ("a GIF", lambda: encoded(Image.new("P", (600, 400)), "GIF"), "file_kind_refused"),
    ("a list", lambda: "姓名,证件号码".encode(), "file_kind_refused"),
    ("a page that acts", lambda: b"<svg onload=alert(1)>", "file_kind_refused"),
    ("a broken PDF", lambda: b"%PDF-1.7 not really", "paper_broken"),
    (
        "a locked PDF",
        lambda: pdf(encryption=pikepdf.Encryption(user="1", owner="2")),
        "paper_pdf_locked",
    ),
    ("a book", lambda: pdf(21), "paper_pdf_pages"),
]


@pytest.mark.parametrize(
    ("make", "code"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_no_scan_is_refused(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Fault) as raised:
        clean(make())
    assert raised.value.code == code
    assert str(raised.value)


def test_a_sheet_is_turned_and_cropped() -> None:
    (sheet,) = clean(encoded(Image.new("RGB", (800, 400), "white"), "PNG"))
    assert opened(turned(sheet, 1)).size == (400, 800)
    assert opened(turned(sheet, 2)).size == (800, 400)
    assert opened(cropped(sheet, 25, 0, 25, 50)).size == (400, 200)


def test_a_turn_to_the_right_is_to_the_right() -> None:
    half = Image.new("L", (400, 400), 0)
    half.paste(255, (0, 0, 400, 200))
    (sheet,) = clean(encoded(half, "PNG"))
    right = opened(turned(sheet, 1))
    assert right.getpixel((390, 200)) > 200
    assert right.getpixel((10, 200)) < 50


@pytest.mark.parametrize("sides", [(0, 0, 0, 0), (60, 0, 60, 0), (-1, 0, 0, 0), (0, 91, 0, 0)])
def test_a_crop_that_leaves_nothing(sides: tuple[int, int, int, int]) -> None:
    (sheet,) = clean(encoded(Image.new("RGB", (800, 400), "white"), "PNG"))
    with pytest.raises(Fault, match="裁剪范围不对"):
        cropped(sheet, *sides)


def test_a_pdf_can_be_turned_but_not_cropped() -> None:
    (sheet,) = clean(pdf())
    with pikepdf.open(io.BytesIO(turned(sheet, 1).data)) as document:
        assert document.pages[0].obj.Rotate == 90
    with pytest.raises(Fault, match="不能裁剪"):
        cropped(sheet, 10, 0, 0, 0)
