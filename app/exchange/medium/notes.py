"""The text file of the package: what lies in it and how to answer."""

from app.exchange.medium.asked import PackageHead
from app.exchange.medium.layout import layout
from app.exchange.medium.sheets import head_rows


def make_notes(head: PackageHead, lines: int, asks: int, example: int) -> bytes:
    """The notes as UTF-8 with BOM and CRLF, so that Windows' own editor shows them right."""
    words = layout()
    colon = words.marks["colon"]
    text = words.texts["notes"].format(
        head="\n".join(f"{label}{colon}{value}" for label, value in head_rows(head, lines, asks)),
        how_to_fill="\n".join(f"  {line}" for line in words.texts["how_to_fill"]),
        list_file=words.files.list,
        reply_file=words.files.reply,
        manifest_file=words.files.manifest,
        example=example,
    )
    return str(text).lstrip("\n").replace("\n", "\r\n").encode("utf-8-sig")
