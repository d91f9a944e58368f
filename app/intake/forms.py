"""The forms of the intake desk: a list, an entrustment, a corrected list."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.intake.messages import LETTER_FILES
from app.papers.pictures import Picture, clean
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

LARGEST_LETTER_MB = 10
_JPEG_OR_PNG = (b"\xff\xd8\xff", b"\x89PNG\r\n")


class ListForm(FlaskForm):
    """One subject list."""

    file = FileField("核对名单", validators=[FileRequired("请选择要上传的核对名单。")])


class EntrustForm(FlaskForm):
    """The department's letter; the lists are ticked beside it."""

    letter_number = StringField(
        "委托书文号",
        validators=[
            InputRequired("请输入委托书文号，例如 双民救委〔2026〕11号。"),
            Length(max=60, message="委托书文号不超过 60 个字。"),
        ],
        description="照委托书上的发文字号填写，例如 双民救委〔2026〕11号。",
    )
    letter_on = DateField(
        "委托书日期",
        default=business_date,
        validators=[InputRequired("请输入委托书日期，例如 2026-11-05。")],
        description="委托书上的落款日期，不晚于今天。",
    )
    letter_scan = FileField(
        "委托书扫描件",
        validators=[Optional()],
        description=f"盖章后的委托书，{LETTER_FILES}，不超过 {LARGEST_LETTER_MB} MB。纸质原件另送核对机构。",
    )

    list_scan = FileField(
        "盖章名单扫描件",
        validators=[Optional()],
        description=f"盖章后的核对名单，{LETTER_FILES}，不超过 {LARGEST_LETTER_MB} MB，受理初审时核对印章用。",
    )

    def validate_letter_number(self, field: StringField) -> None:
        """Blanks are no number."""
        if not (field.data or "").strip():
            raise ValidationError("请输入委托书文号，例如 双民救委〔2026〕11号。")

    def validate_letter_on(self, field: DateField) -> None:
        """A letter is not dated in the future."""
        if field.data and field.data > business_date():
            raise ValidationError("委托书日期晚于今天，请照委托书上的落款日期填写。")

    def scan(self) -> tuple[str, bytes] | None:
        """File name and content of the scan, judged by content; None when there is none.

        Raises ``Fault`` for anything but a PDF, JPG or PNG, and for one that is too large.
        """
        chosen = self.letter_scan.data
        if not chosen:
            return None
        data = chosen.read()
        if len(data) > LARGEST_LETTER_MB * 1024 * 1024:
            raise Fault("letter_too_large", most=LARGEST_LETTER_MB)
        kind = require_kind(data, (FileKind.PDF, FileKind.IMAGE), LETTER_FILES)
        if kind is FileKind.IMAGE and not data.startswith(_JPEG_OR_PNG):
            require_kind(data, (FileKind.PDF,), LETTER_FILES)
        return chosen.filename or "", data

    def sealed_list(self) -> tuple[Picture, ...]:
        """The sheets of the sealed list's scan; empty when there is none. Raises ``Fault``."""
        chosen = self.list_scan.data
        return clean(chosen.read()) if chosen else ()
