"""Forms of 诚信登记."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from app.oversight.integrity.messages import (
    ABOUT_TITLES,
    NOTICE_WAY_TITLES,
    OUTCOME_TITLES,
    WAY_TITLES,
    say,
)
from app.web.forms import words as said
from tenants.calendar import business_date

_DAY = "请填写日期，例如 2026-11-25。"
_HOW = "请选择方式。"
_ENDED = "请选择审查结论。"
_LONGEST = 500


def _choices(titles: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, title) for code, title in titles.items()]


def _day(label: str) -> DateField:
    return DateField(label, default=business_date, validators=[InputRequired(_DAY)])


def _way(titles: dict[str, str]) -> SelectField:
    return SelectField(
        "方式",
        choices=_choices(titles),
        validate_choice=False,
        validators=[InputRequired(_HOW), AnyOf(titles, _HOW)],
    )


class EnterForm(FlaskForm):
    """A decision of the competent authority."""

    about = RadioField(
        "登记对象",
        choices=_choices(ABOUT_TITLES),
        validate_choice=False,
        validators=[InputRequired("请选择登记对象。"), AnyOf(ABOUT_TITLES, "请选择登记对象。")],
    )
    name = StringField(
        "姓名或者名称",
        validators=[
            InputRequired("请填写姓名或者单位名称。"),
            Length(2, 100, "姓名或者名称应为 2 至 100 个字。"),
        ],
    )
    document = StringField(
        "证件号码",
        description="个人填公民身份号码，单位填统一社会信用代码；加密保存。",
        validators=[InputRequired("请填写证件号码。"), Length(max=40, message="证件号码太长。")],
    )
    authority = StringField(
        "作出决定的机关",
        validators=[
            InputRequired("请照决定书填写机关全称。"),
            Length(4, 100, "机关名称应为 4 至 100 个字。"),
        ],
    )
    decision_number = StringField(
        "决定文号",
        validators=[
            InputRequired("请照决定书填写文号，例如 榆民罚决〔2026〕3号。"),
            Length(4, 60, "文号应为 4 至 60 个字。"),
        ],
    )
    decision_on = DateField("决定日期", validators=[InputRequired(_DAY)])
    facts = said("决定认定的事实")
    scan = FileField("决定书扫描件", validators=[FileRequired(say("integrity.scan"))])


class ReasonForm(FlaskForm):
    """Why it is not entered."""

    reason = said("不予登记的理由")


class ServeForm(FlaskForm):
    """When and how the notice was served."""

    on = _day("送达日期")
    way = _way(WAY_TITLES)
    words = said("送达情况")


class AppealForm(FlaskForm):
    """What the person says against it."""

    on = _day("申诉日期")
    words = said("申诉的事实和理由")


class DecideForm(FlaskForm):
    """What came of the appeal."""

    outcome = SelectField(
        "审查结论",
        choices=_choices(OUTCOME_TITLES),
        validate_choice=False,
        validators=[InputRequired(_ENDED), AnyOf(OUTCOME_TITLES, _ENDED)],
    )
    words = said("理由和依据")


class WithdrawForm(FlaskForm):
    """Why the entry is taken back without an appeal."""

    words = said("撤销的理由和依据")


class TellForm(FlaskForm):
    """When and how the person was told of the outcome."""

    on = _day("告知日期")
    way = _way(WAY_TITLES)
    words = said("告知情况")


class DispatchForm(FlaskForm):
    """Which department or agency is told, how and when."""

    recipient = StringField(
        "告知的部门或者核对机构",
        validators=[
            InputRequired("请填写全称，例如 榆树市人力资源和社会保障局。"),
            Length(4, 100, "名称应为 4 至 100 个字。"),
        ],
    )
    way = _way(NOTICE_WAY_TITLES)
    on = _day("发出日期")


class LookUpForm(FlaskForm):
    """A number and why it is looked up."""

    document = StringField(
        "证件号码",
        validators=[
            InputRequired("请填写公民身份号码或者统一社会信用代码。"),
            Length(max=40, message="证件号码太长。"),
        ],
    )
    reason = StringField(
        "查询理由",
        validators=[
            InputRequired("请写明为什么查询，例如办理哪个案件。"),
            Length(4, 200, "查询理由应为 4 至 200 个字。"),
        ],
    )
