"""The forms of the decision feedback: one household's decision, and a filled-in sheet."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DecimalField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.decisions.messages import OUTCOME_CHOICES, Fault
from app.decisions.rules import Entry
from app.decisions.sheet import month_in


class DecisionForm(FlaskForm):
    """What was decided on one household; ``why`` only where it corrects what was reported."""

    outcome = RadioField(
        "审批结果",
        choices=[SelectChoice(code, title) for code, title in OUTCOME_CHOICES],
        validators=[InputRequired("请选择审批结果。")],
        description="新申请的为批准或不予批准；已在享受救助的，停止或变更；还没有决定的选未决并写明原因。",
    )
    decided_on = DateField(
        "审批日期",
        validators=[Optional()],
        description="审批表上作出决定的日期；未决的留空。",
    )
    amount = DecimalField("金额（元）", places=2, validators=[Optional()])
    from_period = StringField(
        "起始月份",
        validators=[Optional(), Length(max=20, message="月份应写成 2026-12 的样子。")],
        description="从哪个月起执行，例如 2026-12；不予批准、一次性救助和未决的留空。",
    )
    reason = TextAreaField(
        "未决原因",
        validators=[Optional(), Length(max=200, message="未决原因不超过 200 个字。")],
        description="未决的必填，例如“申请人外出，待补充材料”。",
    )
    why = TextAreaField(
        "更正理由",
        validators=[Optional(), Length(max=200, message="更正理由不超过 200 个字。")],
        description="更正已反馈的审批情况时必填；原来的记录保留。",
    )

    def entry(self) -> Entry:
        """The decision as it was filled in. ``Fault`` for a month that is none."""
        amount, month = self.amount.data, (self.from_period.data or "").strip()
        period = month_in(month) if month else 0
        if period is None:
            raise Fault("decision.month_unread")
        return Entry(
            outcome=self.outcome.data,
            decided_on=self.decided_on.data,
            amount_fen=None if amount is None else int((amount * 100).to_integral_value()),
            from_period=period,
            reason=(self.reason.data or "").strip(),
        )


class SheetForm(FlaskForm):
    """A filled-in sheet."""

    file = FileField("审批情况反馈表", validators=[FileRequired("请选择填好的审批情况反馈表。")])
