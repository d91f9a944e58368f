"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, NumberRange


class SignInForm(FlaskForm):
    """Agency, login and password: the agency comes first because it decides whose wall applies."""

    agency = IntegerField(
        "核对机构代码",
        validators=[
            InputRequired("请输入核对机构的六位行政区划代码，例如 220112。"),
            NumberRange(100000, 999999, "核对机构代码应为六位数字，例如 220112。"),
        ],
    )
    login = StringField(
        "用户名",
        validators=[InputRequired("请输入用户名。"), Length(max=64, message="用户名过长。")],
    )
    password = PasswordField(
        "密码", validators=[InputRequired("请输入密码。"), Length(max=256, message="密码过长。")]
    )
