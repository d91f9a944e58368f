"""The form by which somebody is filed."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from tenants.calendar import business_date


class FilingForm(FlaskForm):
    """Who, from which day, by which letter, and in whose place."""

    person = SelectField(
        "备案人员",
        description="本机构的数据交换员向该单位备案，该单位的专人向本机构备案。",
        validators=[InputRequired("请选择备案人员。")],
    )
    name = StringField(
        "姓名",
        description="该单位没有登录账号的专人，填写姓名；其他人员不用填写。",
        validators=[Optional(), Length(2, 30, "姓名应为 2 至 30 个字。")],
    )
    valid_from = DateField(
        "自",
        default=business_date,
        description="从这一天起可以办理，不早于今天；人员变更应提前备案。",
        validators=[InputRequired("请填写日期，例如 2026-11-16。")],
    )
    replaces = SelectField(
        "接替",
        coerce=int,
        description="人员变更的，选择被接替的人；其备案到接替的前一天为止，联络员的账号同时不能登录。",
    )
    letter_number = StringField(
        "备案函文号",
        description="双方备案函件的文号，没有文号的写“无文号”。",
        validators=[
            InputRequired("请填写备案函的文号，没有文号的写“无文号”。"),
            Length(2, 60, "文号应为 2 至 60 个字。"),
        ],
    )


class SuccessorForm(FlaskForm):
    """Whom the unit itself names, from which day, in whose place."""

    person = SelectField(
        "备案人员",
        coerce=int,
        description="本单位有登录账号的人员；新联络员的账号由核对机构的系统管理员开立。",
    )
    name = StringField(
        "姓名",
        description="没有登录账号的，填写姓名；有账号的不用填写。",
        validators=[Optional(), Length(2, 30, "姓名应为 2 至 30 个字。")],
    )
    valid_from = DateField(
        "自",
        default=business_date,
        description="从这一天起办理，不早于今天；人员变更应提前备案。",
        validators=[InputRequired("请填写日期，例如 2026-11-16。")],
    )
    replaces = SelectField(
        "接替",
        coerce=int,
        description="选择被接替的人；核对机构确认以后，其备案和登录到接替的前一天为止。",
    )
    letter_number = StringField(
        "备案函文号",
        description="没有文号的写“无文号”。",
        validators=[
            InputRequired("请填写备案函的文号，没有文号的写“无文号”。"),
            Length(2, 60, "文号应为 2 至 60 个字。"),
        ],
    )
