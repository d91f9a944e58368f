"""Forms of administration and of one's own settings."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

_LONG_ENOUGH = Length(min=12, max=256, message="密码应为 12 至 256 个字符。")


class OpenPersonForm(FlaskForm):
    """A new account; its roles are given by the security administrator afterwards."""

    place = SelectField("所在单位", coerce=int, validators=[InputRequired("请选择所在单位。")])
    name = StringField(
        "姓名",
        validators=[
            InputRequired("请输入姓名。"),
            Length(max=64, message="姓名过长，最多 64 个字。"),
        ],
    )
    login = StringField(
        "用户名",
        description="3 至 64 个小写字母、数字、点、横线或下划线；登录时与核对机构代码一起使用。",
        validators=[
            InputRequired("请输入用户名。"),
            Regexp(
                r"^[a-z0-9][a-z0-9._-]{2,63}$",
                message="用户名应为 3 至 64 个小写字母、数字、点、横线或下划线，以字母或数字开头。",
            ),
        ],
    )
    password = PasswordField(
        "初始密码",
        description="至少 12 个字符；请当面告知本人，并请其登录后在“个人设置”中更改。",
        validators=[InputRequired("请输入初始密码。"), _LONG_ENOUGH],
    )


class NewPasswordForm(FlaskForm):
    """A password for somebody who forgot theirs."""

    password = PasswordField(
        "新密码",
        description="至少 12 个字符；请当面告知本人，并请其登录后更改。",
        validators=[InputRequired("请输入新密码。"), _LONG_ENOUGH],
    )


class OwnPasswordForm(FlaskForm):
    """One's own password, changed with the old one."""

    old = PasswordField("现用密码", validators=[InputRequired("请输入现用密码。"), Length(max=256)])
    new = PasswordField(
        "新密码",
        description="至少 12 个字符。更改后，您在其他电脑上的登录立即失效。",
        validators=[InputRequired("请输入新密码。"), _LONG_ENOUGH],
    )
    again = PasswordField(
        "再次输入新密码",
        validators=[
            InputRequired("请再次输入新密码。"),
            EqualTo("new", message="两次输入的新密码不一致，请重新输入。"),
        ],
    )
