"""Forms of administration and of one's own settings."""

from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional, Regexp

from app.people.messages import STAND_IN_REASONS

_LONG_ENOUGH = Length(min=12, max=256, message="密码应为 12 至 256 个字符。")

_LOGIN = Regexp(
    r"^[a-z0-9][a-z0-9._-]{2,63}$",
    message="用户名应为 3 至 64 个小写字母、数字、点、横线或下划线，以字母或数字开头。",
)


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
            _LOGIN,
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


class MoveForm(FlaskForm):
    """Where somebody moves to, from which day, and what they sign in with there."""

    place = SelectField("调往", coerce=int, validators=[InputRequired("请选择调往的单位。")])
    on = DateField(
        "自",
        validators=[InputRequired("请输入调岗日期，例如 2026-11-05。")],
        description="原账号用到前一日为止，已登录的随即退出；新账号自当日起可用。",
    )
    login = StringField(
        "新用户名",
        description="3 至 64 个小写字母、数字、点、横线或下划线；密码与原账号相同。",
        validators=[InputRequired("请输入新用户名。"), _LOGIN],
    )


class GiveRoleForm(FlaskForm):
    """A role, from which day and to which."""

    role = SelectField("岗位", validate_choice=False, validators=[InputRequired("请选择岗位。")])
    first = DateField("自", validators=[Optional()])
    last = DateField("至", validators=[Optional()])


class EndRoleForm(FlaskForm):
    """The last day of a role; none ends it at once."""

    role = SelectField("岗位", validate_choice=False, validators=[InputRequired("请选择岗位。")])
    last = DateField("任至", validators=[Optional()])


class StandInForm(FlaskForm):
    """Who does an absent person's work, in which role, on which days."""

    # What was chosen is judged by the verb, which says in words what would be right.
    role = SelectField(
        "代理的岗位", validate_choice=False, validators=[InputRequired("请选择代理的岗位。")]
    )
    who = SelectField(
        "代理人",
        coerce=int,
        validate_choice=False,
        validators=[NumberRange(min=1, message="请选择代理人。")],
        description="只能是同一单位、账号启用的人员。代理人办理过某一案件的一个环节，就不能代办该案件的其他环节。",
    )
    first = DateField("自", validators=[InputRequired("请输入开始日期，例如 2026-11-05。")])
    last = DateField(
        "至",
        validators=[InputRequired("请输入结束日期，例如 2026-11-12。")],
        description="含当日。到期自动结束，也可以提前结束。",
    )
    reason = SelectField(
        "事由",
        choices=STAND_IN_REASONS,
        validate_choice=False,
        validators=[InputRequired("请选择事由。")],
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
