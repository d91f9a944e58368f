"""Forms about sharing units: an agreement, and its end."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.sharing.messages import LIST_RHYTHMS, TERMS
from tenants.calendar import business_date
from tenants.messages import Fault

LARGEST_SCAN_MB = 10


class AgreementForm(FlaskForm):
    """保密协议 as it was signed."""

    number = StringField(
        "协议编号",
        description="照协议上的编号填写，例如 榆核协〔2026〕3号。",
        validators=[
            InputRequired("请填写协议编号，例如 榆核协〔2026〕3号。"),
            Length(max=60, message="协议编号不超过 60 个字。"),
        ],
    )
    signed_on = DateField(
        "签订日期",
        default=business_date,
        description="双方都盖章的日期，不晚于今天。",
        validators=[InputRequired("请填写签订日期，例如 2026-11-05。")],
    )
    valid_from = DateField(
        "有效期自",
        default=business_date,
        description="从这一天起可以交换数据。",
        validators=[InputRequired("请填写有效期的起日，例如 2026-11-05。")],
    )
    valid_to = DateField(
        "有效期至",
        description="协议没有约定止日的，不用填写。",
        validators=[Optional()],
    )
    term = SelectField(
        "反馈期限",
        choices=[SelectChoice(code, title) for code, title in TERMS.items()],
        description="协议另有约定的选“按协议约定”，并填写工作日数。",
        validators=[InputRequired("请选择反馈期限。")],
    )
    reply_working_days = IntegerField(
        "约定的工作日数",
        description="自签收的次日起算；只在“按协议约定”时填写。",
        validators=[
            Optional(),
            NumberRange(1, 250, "工作日数应为 1 至 250 的整数，例如 5。"),
        ],
    )
    answer_working_days = IntegerField(
        "本级反馈的工作日数",
        description="对方提出核查的，本级自收到的次日起几个工作日内反馈；没有约定的，不用填写。",
        validators=[
            Optional(),
            NumberRange(1, 250, "工作日数应为 1 至 250 的整数，例如 5。"),
        ],
    )
    list_every = SelectField(
        "名单频次",
        choices=[SelectChoice(code, title) for code, title in LIST_RHYTHMS.items()],
        default="",
        description="对方要求定期提供参保核查名单的，照协议选择；没有约定的按本系统默认。",
    )
    list_day = IntegerField(
        "名单提供日",
        description="每周的填 1 至 7（1 为星期一），每月的填 1 至 28；没有约定频次的，不用填写。",
        validators=[Optional(), NumberRange(1, 28, "名单提供日应为 1 至 28 的整数，例如 5。")],
    )
    scan = FileField(
        "协议扫描件",
        description=f"PDF 文件，不超过 {LARGEST_SCAN_MB} MB；加密保存。",
        validators=[Optional()],
    )

    def validate_number(self, field: StringField) -> None:
        """Blanks are no number."""
        if not (field.data or "").strip():
            raise ValidationError("请填写协议编号，例如 榆核协〔2026〕3号。")

    def scan_data(self) -> bytes | None:
        """The scan's bytes; ``Fault`` for what is no PDF or too large."""
        chosen = self.scan.data
        data: bytes = chosen.read() if chosen else b""
        if data and (not data.startswith(b"%PDF-") or len(data) > LARGEST_SCAN_MB * 1024 * 1024):
            raise Fault("agreement.scan", most=LARGEST_SCAN_MB)
        return data or None


class EndForm(FlaskForm):
    """The last day of an agreement that ends early, and why."""

    on = DateField(
        "最后一天",
        description="这一天以后不能再交换数据。",
        validators=[InputRequired("请填写协议的最后一天，例如 2026-11-30。")],
    )
    reason = TextAreaField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(2, 500, "理由应为 2 至 500 个字。")],
    )
