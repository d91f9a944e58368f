"""Forms of 举报: the public ones, and those of the people who handle it."""

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.oversight.tipoffs.messages import ABOUT_TITLES, CHANNEL_TITLES, OUTCOME_TITLES
from app.oversight.tipoffs.rules import LONGEST, SHORTEST
from app.web.forms import words as said
from tenants.calendar import business_date

NOBODY = SelectChoice("", "请选择")
"""No handler is chosen beforehand: who is on top of a list would get it."""

_TOLD = f"请把情况写成 {SHORTEST} 至 {LONGEST} 个字。"
_WHICH = "请选择举报的是哪一类情况。"
_FROM = "请选择举报从哪个渠道来。"
_ENDED = "请选择办理结果。"
_LONGEST_WHO = 100


def _about() -> RadioField:
    return RadioField(
        "举报的是什么",
        choices=[SelectChoice(code, title) for code, title in ABOUT_TITLES.items()],
        validate_choice=False,
        validators=[InputRequired(_WHICH), AnyOf(ABOUT_TITLES, _WHICH)],
    )


def _told(label: str) -> TextAreaField:
    # Blanks tell nothing: the length is that of what is written between them.
    return TextAreaField(
        label,
        filters=[lambda text: (text or "").strip()],
        validators=[InputRequired(_TOLD), Length(SHORTEST, LONGEST, _TOLD)],
    )


class TellForm(FlaskForm):
    """Somebody tells something, with or without a name; a small sum stands against what fills in
    any form."""

    about = _about()
    words = _told("举报内容")
    who = StringField(
        "姓名和联系方式",
        description="不写也受理。写了也只有经办人能打开，不会写进答复。",
        validators=[Optional(), Length(max=_LONGEST_WHO, message="姓名和联系方式最多 100 个字。")],
    )
    proof = HiddenField()
    answer = StringField(
        "防止机器填写",
        validators=[
            InputRequired("请用数字写出这道加法的答案。"),
            Length(max=4, message="请用数字写出这道加法的答案，例如 12。"),
        ],
    )


class FollowForm(FlaskForm):
    """The number and the code."""

    number = StringField(
        "受理编号",
        validators=[
            InputRequired("请填写受理编号，例如 榆举 2026-11-4K7Q2ZD。"),
            Length(max=60, message="受理编号太长，请照登记时记下的填写。"),
        ],
    )
    code = StringField(
        "查询码",
        description="20 位字母和数字，登记时只显示过一次；不分大小写，横线可以不写。",
        validators=[
            InputRequired("请填写登记时记下的 20 位查询码。"),
            Length(max=60, message="查询码是 20 位字母和数字，请照登记时记下的填写。"),
        ],
    )


class AddForm(FollowForm):
    """Something more, or an answer to what was asked."""

    once = HiddenField()
    words = _told("补充或者回答")


class EnterForm(FlaskForm):
    """A tip-off that came by phone, e-mail, WeChat, Weibo, visit or letter."""

    channel = SelectField(
        "渠道",
        choices=[SelectChoice(code, t) for code, t in CHANNEL_TITLES.items() if code != "web"],
        validate_choice=False,
        validators=[InputRequired(_FROM), AnyOf(CHANNEL_TITLES.keys() - {"web"}, _FROM)],
    )
    received_on = DateField(
        "收到日期",
        default=business_date,
        validators=[InputRequired("请填写收到日期，例如 2026-11-25。")],
    )
    about = _about()
    words = _told("举报内容")
    who = StringField(
        "举报人",
        description="举报人愿意留下的姓名和联系方式；不愿意的不填。",
        validators=[Optional(), Length(max=_LONGEST_WHO, message="举报人一栏最多 100 个字。")],
    )


class AssignForm(FlaskForm):
    """Who handles it; a reason where somebody else had it."""

    handler = SelectField(
        "经办人",
        coerce=lambda chosen: int(chosen) if str(chosen).isdecimal() else 0,
        validate_choice=False,
        validators=[InputRequired("请选择经办人。")],
    )
    reason = StringField(
        "改派理由", validators=[Optional(), Length(2, 200, "改派理由应为 2 至 200 个字。")]
    )


class KeepAwayForm(FlaskForm):
    """What case it is about, and whom of the agency it accuses."""

    case_number = StringField(
        "所涉案件编号", validators=[Optional(), Length(max=60, message="案件编号太长。")]
    )
    accused = SelectMultipleField(
        "被举报的工作人员",
        coerce=int,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class AskForm(FlaskForm):
    """A question to the informant."""

    words = said("请举报人补充什么", 4, missing="请写明请举报人补充什么。")


class HandleForm(FlaskForm):
    """What came of it, and what the informant is told."""

    outcome = SelectField(
        "结果",
        choices=[SelectChoice(k, t) for k, t in OUTCOME_TITLES.items() if k],
        validate_choice=False,
        validators=[InputRequired(_ENDED), AnyOf(OUTCOME_TITLES.keys() - {""}, _ENDED)],
    )
    found = said(
        "办理情况",
        4,
        2000,
        description="查了什么、依据什么；转办的写明机关、日期和文号。只在本机构内部留存。",
    )
    reply = said(
        "给举报人的答复",
        4,
        1000,
        description="审核办结后，举报人凭编号和查询码看到；不写他人的家庭情况和证件号码。",
    )


class SendBackForm(FlaskForm):
    """Why it is not enough yet."""

    reason = said("退回理由", 4, 300, missing="请写明还要查什么。")
