"""Forms about what a sharing unit can check."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.sharing.messages import WAYS
from tenants.calendar import business_date

_ON = InputRequired("请填写日期，例如 2026-11-16。")


def _items() -> SelectMultipleField:
    return SelectMultipleField(
        "数据项",
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired("请选择数据项。")],
    )


def _way() -> SelectField:
    return SelectField(
        "交换方式",
        choices=[SelectChoice(code, title) for code, title in WAYS.items()],
        validators=[InputRequired("请选择交换方式。")],
        description="同一天对一个单位只用一种方式。选数据回流库的，不向该单位发名单，由「数据回流库」里该单位的数据答复。",
    )


class _CapabilityForm(FlaskForm):
    seen = HiddenField()


class AddForm(_CapabilityForm):
    """What the unit can check from a day on."""

    items = _items()
    way = _way()
    on = DateField("自", default=business_date, validators=[_ON], description="不早于今天。")
    until = DateField("至", validators=[Optional()], description="没有止日的，不用填写。")


class EndForm(_CapabilityForm):
    """From which day the unit can check something no more."""

    items = _items()
    on = DateField(
        "自哪一天起不再核对", default=business_date, validators=[_ON], description="不早于今天。"
    )


class WayForm(_CapabilityForm):
    """From which day the unit is asked in another way."""

    way = _way()
    on = DateField("自", default=business_date, validators=[_ON], description="不早于今天。")
