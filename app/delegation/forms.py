"""Forms of the delegation pages."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.delegation.received import OpenItem
from app.web.forms import words
from tenants.catalogue import catalogue


class RecallForm(FlaskForm):
    """Why a sent letter is called back; the parent reads it."""

    reason = words("撤回理由", description="上级核对机构将看到这段文字。")


class HandBackForm(FlaskForm):
    """Which items of a case go back to the agency below, and why."""

    items = SelectMultipleField(
        "退回下级核对的数据项",
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired("请选择要退回下级核对的数据项。")],
        validate_choice=True,
    )
    reason = words(
        "退回理由",
        description="下级核对机构将看到这段文字，例如：省级信息共享单位接口检修，本月暂不能核对。",
    )


class EmployerForm(FlaskForm):
    """Whose employer is asked, and which unit it is."""

    people = SelectMultipleField(
        "核对对象",
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired("请选择在该单位工作的核对对象。")],
    )
    unit = SelectField(
        "所在单位",
        coerce=int,
        description="没有列出的单位，请先「登记所在单位」，由数据交换员确认。",
        validators=[InputRequired("请选择所在单位。")],
    )


def item_choice(item: int, places: Sequence[OpenItem]) -> SelectChoice:
    """A data item with how many people and where it waits, as a person chooses it."""
    where = "、".join(f"{p.unit_name or '待上级反馈'} {p.people} 人" for p in places)
    return SelectChoice(str(item), f"{item} {catalogue().item(item).title}（{where}）")


class ExpediteForm(FlaskForm):
    """Why a household is checked at once, and on which day it was or is helped."""

    reason = words(
        "允许紧急办理的理由",
        4,
        description="写明急难情形，例如火灾、突发重病；不要写姓名、证件号码。",
    )
    aid_on = DateField(
        "实施救助的日期",
        description="已经救助的填写当天，尚未救助的填写预定的日期；补报告的期限由此起算。",
        validators=[InputRequired("请填写实施救助的日期，例如 2026-11-12。")],
    )
