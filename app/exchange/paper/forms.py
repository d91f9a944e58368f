"""Forms of a paper reply."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class PaperForm(FlaskForm):
    """A sealed paper that came: what stands on it, and its scan."""

    letter_number = StringField(
        "反馈函文号",
        validators=[
            InputRequired("请填写反馈函的文号，没有文号的填函件名称。"),
            Length(2, 100, "文号应为 2 至 100 个字。"),
        ],
    )
    stamp = StringField(
        "校验码",
        description="从盖章的反馈上抄录；没有校验码的纸质反馈不能接收。",
        validators=[
            InputRequired("请从盖章的反馈上抄录校验码。"),
            Length(max=60, message="校验码为 6 组、每组 4 位。"),
        ],
    )
    as_of = DateField(
        "数据截至日期",
        description="录入时自动填好，个别人不同的可以改。",
        validators=[InputRequired("请填写数据截至日期，例如 2026-11-10。")],
    )
    scan = FileField(
        "扫描件",
        description="盖章反馈的全部页，PDF、JPG 或 PNG。",
        validators=[FileRequired("请选择盖章反馈的扫描件。")],
    )


class SettleForm(FlaskForm):
    """Why one of two entries holds."""

    why = TextAreaField(
        "核定理由",
        description="对照纸质原件写明依据。",
        validators=[InputRequired("请填写理由。"), Length(2, 500, "理由应为 2 至 500 个字。")],
    )
