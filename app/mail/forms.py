"""Forms of one's own e-mail and of the agency's switch."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.mail.messages import WANT_TITLES


class PreferenceForm(FlaskForm):
    """What one wants by e-mail, and where; choosing is the consent."""

    wants = RadioField(
        "接收内容",
        choices=[SelectChoice(code, title) for code, title in WANT_TITLES.items()],
        validators=[InputRequired("请选择接收内容。")],
        description="选择接收即表示同意。每个工作日最多一封；邮件只写有几项提醒、申请编号和反馈期限，不写核对对象的任何信息。",
    )
    address = StringField(
        "邮箱地址",
        description="建议填写单位邮箱。保存后系统发送验证码，验证以后才发送提醒。",
        validators=[Optional(), Length(max=254, message="邮箱地址过长，最多 254 个字符。")],
    )


class CodeForm(FlaskForm):
    """The code that came to the address."""

    code = StringField(
        "验证码",
        description="邮件中的 6 位数字，24 小时内有效。",
        validators=[
            InputRequired("请填写验证码。"),
            Regexp(r"^\s*\d{6}\s*$", message="验证码是 6 位数字。"),
        ],
    )
