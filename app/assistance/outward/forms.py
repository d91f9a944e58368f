"""Forms of a list: how it left, what its recipient answered, why something differs."""

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange


class SendForm(FlaskForm):
    """How and when a list left."""

    how = StringField(
        "送出方式",
        description="写明途径，例如“共享平台上传”“加密光盘”“系统接口”；密码另行告知。",
        validators=[
            InputRequired("请填写送出方式。"),
            Length(2, 40, "送出方式应为 2 至 40 个字。"),
        ],
    )
    on = DateField("送出日期", validators=[InputRequired("请填写日期，例如 2026-12-01。")])


class ReceiptForm(FlaskForm):
    """What its recipient answered."""

    receipt = StringField(
        "回执编号",
        description="对方回执、回函或平台任务的编号。",
        validators=[InputRequired("请填写回执编号。"), Length(2, 60, "编号应为 2 至 60 个字。")],
    )
    persons = IntegerField(
        "对方现有人数",
        description="照对方回执填写，不要从名单里数；与名单的总人数不符的，须说明原因。",
        validators=[
            InputRequired("请填写对方现有人数，没有的填 0。"),
            NumberRange(0, 100_000_000, "人数应为零或以上的整数。"),
        ],
    )


class WordsForm(FlaskForm):
    """A reason or an explanation."""

    which = SelectField("机构和救助项目", validate_choice=False)
    words = TextAreaField(
        "说明",
        validators=[InputRequired("请填写说明。"), Length(4, 200, "说明应为 4 至 200 个字。")],
    )
