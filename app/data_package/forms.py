"""The forms of the data package: a password to export with; a file, its password, its department."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField, SelectField
from wtforms.validators import InputRequired, Length, Optional

NO_UNIT = "请选择"


class ExportForm(FlaskForm):
    """The password that the package is encrypted with."""

    password = PasswordField(
        "数据包密码",
        validators=[
            InputRequired("请设定数据包的密码。"),
            Length(min=12, max=64, message="密码应为 12 至 64 位。"),
        ],
        description="12 位以上。数据包含有个人信息，一律加密；密码请当面或电话告知，不要与光盘放在一起。",
    )


class ImportForm(FlaskForm):
    """A data package, and the password that it was exported with."""

    file = FileField("核对电子数据包", validators=[FileRequired("请选择核对电子数据包。")])
    password = PasswordField(
        "数据包密码", validators=[Optional()], description="导出时设定的密码；没有加密的留空。"
    )


class OnBehalfForm(ImportForm):
    """The disc of a department that has no login of its own."""

    unit = SelectField(
        "委托单位",
        coerce=int,
        validators=[InputRequired("请选择数据包是哪个委托单位的。")],
        description="光盘和纸质委托书上盖章的单位。",
    )
