"""Forms of 目标责任制考评: targets, points for each item, words."""

from collections.abc import Sequence
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import DecimalField, IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.oversight.evaluation.models import ScoreItem
from app.oversight.evaluation.rules import LONGEST
from app.web.forms import words as said
from tenants.agency.models import Agency
from tenants.rulebook import EvaluationItem


class WordsForm(FlaskForm):
    """What is said with a step."""

    words = said("说明", most=LONGEST, missing="请填写说明，写清依据。")


class PointsForm(WordsForm):
    """Points for every item of a sheet; made by ``points_form``."""

    codes: tuple[str, ...] = ()

    def points(self) -> dict[str, int]:
        """Item → points in tenths."""
        return {code: int(Decimal(self[f"points_{code}"].data) * 10) for code in self.codes}


def points_form(items: Sequence[ScoreItem], label: str) -> PointsForm:
    """A form with a field for each item, bound to what was sent."""
    fields: dict[str, object] = {
        f"points_{item.code}": DecimalField(
            f"{label}：{item.title}",
            places=1,
            validators=[
                InputRequired(f"请填写得分，0 至 {item.weight} 分，最多一位小数。"),
                NumberRange(0, item.weight, f"得分应在 0 至 {item.weight} 分之间。"),
                _one_digit,
            ],
        )
        for item in items
    }
    codes = tuple(item.code for item in items)
    form: PointsForm = type("PointsFormOfSheet", (PointsForm,), {**fields, "codes": codes})()
    return form


def _one_digit(_: FlaskForm, field: DecimalField) -> None:
    given = field.data
    if given is not None and given * 10 != int(given * 10):
        raise ValueError("得分最多一位小数，例如 18.5。")


class TargetsForm(WordsForm):
    """Whom the year's targets are given to; made by ``targets_form``."""

    children = SelectMultipleField(
        "下级核对机构",
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired("请至少选择一个下级核对机构。")],
    )
    codes: tuple[str, ...] = ()

    def targets(self) -> dict[str, int]:
        """Item → the percentage that is asked."""
        return {code: self[f"target_{code}"].data for code in self.codes}


def targets_form(items: Sequence[EvaluationItem], children: Sequence[Agency]) -> TargetsForm:
    """A form with the target of each counted item, the rulebook's at first."""
    counted = [item for item in items if item.measure]
    fields: dict[str, object] = {
        f"target_{item.code}": IntegerField(
            item.title,
            default=item.target,
            validators=[
                InputRequired("请填写目标，1 至 100 的整数。"),
                NumberRange(1, 100, "目标应为 1 至 100 的整数，例如 95。"),
            ],
        )
        for item in counted
    }
    codes = tuple(item.code for item in counted)
    form: TargetsForm = type("TargetsFormOfYear", (TargetsForm,), {**fields, "codes": codes})()
    form.children.choices = [(child.id, child.name) for child in children]
    return form
