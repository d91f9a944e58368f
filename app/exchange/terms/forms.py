"""Forms of an extension: the liaison's own, and the registered paper letter."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.exchange.terms.extending import Letter
from app.exchange.terms.messages import GROUND_TITLES, SCAN_NEEDED, WANTED_SCAN
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind


class ExtensionForm(FlaskForm):
    """How many working days more, and why."""

    days = IntegerField(
        "延期的工作日数",
        validators=[
            InputRequired("请填写延期几个工作日，例如 5。"),
            NumberRange(1, 60, "延期的工作日数应为整数，例如 5。"),
        ],
    )
    ground = SelectField(
        "延期原因",
        choices=[SelectChoice(code, title) for code, title in GROUND_TITLES.items()],
        validators=[InputRequired("请选择延期原因。")],
    )
    remark = TextAreaField(
        "情况说明",
        description="写入延期告知书；不要写核对对象的姓名、证件号码。",
        validators=[Optional(), Length(max=300, message="情况说明不超过 300 个字。")],
    )

    def letter(self) -> Letter:
        """What the letter says."""
        return Letter(
            days=self.days.data or 0,
            ground=self.ground.data,
            remark=(self.remark.data or "").strip(),
        )


class PaperExtensionForm(ExtensionForm):
    """A sealed letter on paper, as it arrived."""

    letter_number = StringField(
        "告知书文号",
        validators=[
            InputRequired("请填写告知书的文号，没有文号的写“无文号”。"),
            Length(2, 60, "文号应为 2 至 60 个字。"),
        ],
    )
    letter_on = DateField(
        "告知书日期",
        description="告知书上的落款日期。",
        validators=[InputRequired("请填写告知书的日期，例如 2026-11-20。")],
    )
    arrived_on = DateField(
        "送达日期",
        description="收到告知书的日期；反馈期限届满后送达的不能延期。",
        validators=[InputRequired("请填写告知书送达的日期，例如 2026-11-20。")],
    )
    scan = FileField(
        "告知书扫描件",
        description="加盖单位公章的告知书，PDF 或图片。",
        validators=[FileRequired(SCAN_NEEDED)],
    )

    def letter(self) -> Letter:
        """What the letter says, with its number and dates."""
        return Letter(
            days=self.days.data or 0,
            ground=self.ground.data,
            remark=(self.remark.data or "").strip(),
            number=(self.letter_number.data or "").strip(),
            letter_on=self.letter_on.data,
            arrived_on=self.arrived_on.data,
        )

    def scanned(self) -> bytes:
        """The scan, judged by its content. Raises ``Fault`` for what is neither PDF nor picture."""
        data: bytes = self.scan.data.read()
        require_kind(data, {FileKind.PDF, FileKind.IMAGE}, WANTED_SCAN)
        return data
