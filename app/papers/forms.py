"""Scans sent along with a form that records something: an explanation, a change."""

from flask_wtf.file import MultipleFileField
from wtforms.validators import Optional

from app.papers.messages import PICTURE_FILES


def scans_field(label: str, what: str, where: str = "不送上级") -> MultipleFileField:
    """A field for several pictures or PDFs; the form may be sent without any. ``where``: how far
    they go."""
    return MultipleFileField(
        label,
        validators=[Optional()],
        description=f"{what}，{PICTURE_FILES}，可一次选几个；加密保存，{where}。",
    )


def scans_in(field: MultipleFileField) -> list[bytes]:
    """What was sent in it, file by file."""
    return [file.read() for file in field.data or () if file and file.filename]
