"""Forms of a letter that asks: as it came, how the answer left, a reason."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.assistance.answering.messages import Fault

LARGEST_SCAN_MB = 20


class InquiryForm(FlaskForm):
    """A stamped letter with its list."""

    unit = SelectField("来函单位", coerce=int, validators=[InputRequired("请选择来函单位。")])
    letter_number = StringField(
        "来函文号",
        validators=[InputRequired("请填写来函文号。"), Length(2, 60, "文号应为 2 至 60 个字。")],
    )
    letter_on = DateField(
        "来函日期", validators=[InputRequired("请填写来函日期，例如 2026-12-01。")]
    )
    received_on = DateField(
        "收到日期",
        description="答复期限从收到之日起按工作日计算。",
        validators=[InputRequired("请填写收到日期，例如 2026-12-01。")],
    )
    purpose = StringField(
        "用途",
        description="照来函填写，例如“核验遗属待遇领取资格”；答复只用于这一用途。",
        validators=[InputRequired("请填写用途。"), Length(4, 100, "用途应为 4 至 100 个字。")],
    )
    items = SelectMultipleField(
        "核查事项",
        coerce=int,
        validators=[InputRequired("请选择来函要核查的事项。")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    people = TextAreaField(
        "核查对象",
        description="从来函的表格中复制姓名、证件号码、授权日期三列，粘贴在这里，每人一行；没有授权书的，授权日期留空。",
        validators=[InputRequired("请粘贴核查对象。")],
    )
    scan = FileField(
        "来函扫描件",
        description=f"盖有公章的来函，PDF 文件，不超过 {LARGEST_SCAN_MB} MB；加密保存。",
        validators=[FileRequired("请选择来函扫描件。")],
    )

    def scan_data(self) -> bytes:
        """The scan's bytes; ``Fault`` for what is no PDF or too large."""
        data: bytes = self.scan.data.read()
        if not data.startswith(b"%PDF-") or len(data) > LARGEST_SCAN_MB * 1024 * 1024:
            raise Fault("answering.scan", most=LARGEST_SCAN_MB)
        return data


class HandForm(FlaskForm):
    """When and how the answer reached who asked."""

    how = StringField(
        "送达方式",
        description="例如“加密光盘”“政务内网”；密码另行告知。",
        validators=[
            InputRequired("请填写送达方式。"),
            Length(2, 40, "送达方式应为 2 至 40 个字。"),
        ],
    )
    on = DateField("送达日期", validators=[InputRequired("请填写日期，例如 2026-12-01。")])


class ReasonForm(FlaskForm):
    """Why an answer goes back, or a letter is given up."""

    words = TextAreaField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(4, 200, "理由应为 4 至 200 个字。")],
    )
