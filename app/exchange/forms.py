"""Forms of the exchange pages, for operators and liaisons."""

from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.web.forms import words

_LOGIN = "联络员登录下载"
WAYS = {"加密光盘": "disc", "加密U盘": "usb", "加密移动硬盘": "drive", "专网传送": "line"}
"""How a package gets there → the carrier in the register of media."""


class ReceiptForm(FlaskForm):
    """Who at the sharing unit signed for the package, when, and how it got there."""

    on = DateField(
        "签收日期",
        description="反馈时限自签收的次日起按工作日计算。",
        validators=[InputRequired("请填写签收日期，例如 2026-11-12。")],
    )
    way = SelectField(
        "送达方式", choices=list(WAYS), validators=[InputRequired("请选择送达方式。")]
    )
    signed_by = StringField(
        "签收人",
        description="信息共享单位的专人，应与备案的联络员一致。",
        validators=[
            InputRequired("请填写签收人姓名。"),
            Length(2, 50, "签收人姓名应为 2 至 50 个字。"),
        ],
    )

    def how(self) -> str:
        """The way and the signer as they are kept."""
        return f"{self.way.data}，签收人 {self.signed_by.data}"

    def carrier(self) -> str:
        """The kind of medium that went there."""
        return WAYS[self.way.data]


class OwnReceiptForm(FlaskForm):
    """A liaison signs for the package that was downloaded."""

    on = DateField(
        "签收日期",
        description="即下载交换包的日期；反馈时限自签收的次日起按工作日计算。",
        validators=[InputRequired("请填写签收日期，例如 2026-11-12。")],
    )

    @staticmethod
    def how(name: str) -> str:
        """What is kept of a receipt that the liaison recorded."""
        return f"{_LOGIN}，签收人 {name}"


class ReplyForm(FlaskForm):
    """The returned file; the password only when it differs from the package's."""

    file = FileField(
        "反馈文件",
        description="填好的反馈模板（.xlsx），或装有它的加密 ZIP 压缩包；也可以是本单位系统导出的表格。",
        validators=[FileRequired("请选择反馈文件。")],
    )
    password = PasswordField(
        "压缩包密码",
        description="与交换包密码相同的不用填写。",
        validators=[Length(max=128, message="密码不超过 128 个字符。")],
    )

    as_of = DateField(
        "数据截至日期",
        description="只在反馈是对方自己的表格、表里又没写截至日期时填写。",
        validators=[Optional()],
    )
    stamp = StringField(
        "校验码",
        description="对方系统导出的文件带不上校验码的，从盖章的交接单或复函上抄录。",
        validators=[Optional(), Length(max=60, message="校验码为 6 组、每组 4 位。")],
    )

    def data_and_name(self) -> tuple[bytes, str]:
        """The bytes, and the name as the sender's computer calls the file."""
        return self.file.data.read(), self.file.data.filename or ""


class ReasonForm(FlaskForm):
    """Why a wait is ended, or a reply is not taken."""

    reason = words("理由")


def receipt_form(today: date) -> ReceiptForm:
    """The form as it is first shown: signed for today."""
    return ReceiptForm(on=today)
