"""Made-up sheets as a scanner would send them: a signed authorisation, a copy of a card."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
A4 = (827, 1169)
CARD = (760, 480)
_GREY, _BLUE, _RED = "#444444", "#20407a", "#b3261e"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FONTS:
        try:
            return ImageFont.truetype(path, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def authorisation(name: str, signed_on: str, *, thumbprint: bool = True) -> bytes:
    """The form with the name, the date and (mostly) a red thumbprint."""
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    draw.text((150, 90), "社会救助家庭经济状况查询授权书", fill="black", font=_font(34))
    for line in range(12):
        draw.line((90, 220 + line * 52, 740, 220 + line * 52), fill=_GREY, width=2)
    draw.text((380, 900), f"授权人（签字、按印）：{name}", fill=_BLUE, font=_font(24))
    draw.text((380, 960), signed_on, fill=_BLUE, font=_font(24))
    if thumbprint:
        draw.ellipse((690, 870, 740, 940), outline=_RED, width=9)
        draw.ellipse((704, 888, 726, 922), outline=_RED, width=5)
    return _jpeg(image)


def explanation(words: str, signed_on: str) -> bytes:
    """What a household wrote about something that was found, with its signature."""
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    draw.text((330, 90), "情况说明", fill="black", font=_font(34))
    for line, start in enumerate(range(0, len(words), 24)):
        draw.text((100, 220 + line * 52), words[start : start + 24], fill=_BLUE, font=_font(26))
    draw.text((380, 900), "说明人（签字、按印）：", fill="black", font=_font(24))
    draw.text((380, 960), signed_on, fill=_BLUE, font=_font(24))
    draw.ellipse((690, 870, 740, 940), outline=_RED, width=9)
    return _jpeg(image)


def id_card(name: str, number: str) -> bytes:
    """Both lines that are held against the list: name and number."""
    image = Image.new("RGB", CARD, "#eef3f8")
    draw = ImageDraw.Draw(image)
    draw.text((60, 60), f"姓名  {name}", fill="black", font=_font(34))
    draw.text((60, 380), f"公民身份号码  {number}", fill="black", font=_font(30))
    draw.rectangle((540, 70, 700, 280), outline=_GREY, width=3)
    return _jpeg(image)


def letter(sender: str, to: str, signed_on: str) -> bytes:
    """A letter of entrustment on paper, with its sender's red seal."""
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    draw.text((180, 90), "社会救助家庭经济状况核对委托书", fill="black", font=_font(32))
    draw.text((90, 200), f"{to}：", fill="black", font=_font(24))
    for line in range(8):
        draw.line((90, 290 + line * 52, 740, 290 + line * 52), fill=_GREY, width=2)
    draw.text((430, 860), sender, fill="black", font=_font(24))
    draw.text((430, 910), signed_on, fill="black", font=_font(24))
    draw.ellipse((470, 780, 670, 980), outline=_RED, width=7)
    return _jpeg(image)


@cache
def blank_sheet(shade: int = 240) -> bytes:
    """A small sheet with nothing on it, for tests that need many."""
    return _jpeg(Image.new("L", (210, 297), shade))


def phone_photo(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A photograph that lies on its side and says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "WHEREABOUTS"
    exif.get_ifd(0x8825)[2] = (44.0, 49.0, 30.0)
    buffer = io.BytesIO()
    Image.new("RGB", size, "#cccccc").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()
