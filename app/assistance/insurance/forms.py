"""Forms of the work list: what was done about a person, and what somebody makes of a reason."""

from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.assistance.insurance.following import NewEntry
from app.assistance.insurance.messages import KIND_TITLES
from app.assistance.insurance.rules import DONE, REASONS


class EntryForm(FlaskForm):
    """One entry about a person."""

    kind = RadioField(
        "落实情况",
        choices=[SelectChoice(kind, KIND_TITLES[kind]) for kind in (*DONE, *REASONS)],
        description="已办理、已代缴的仍在名单上，直到新的回流数据显示参保；不参保的原因由另一人确认后办结。",
        validators=[InputRequired("请选择落实情况。")],
    )
    happened_on = DateField(
        "办理日期",
        description="走访、登记、缴费或问清原因的日期。",
        validators=[InputRequired("请填写日期，例如 2026-12-08。")],
    )
    proof = StringField(
        "凭证号",
        description="参保登记回执或缴费凭证上的编号；办理登记、代缴的必填。",
        validators=[Optional(), Length(max=60, message="凭证号不超过 60 个字。")],
    )
    note = TextAreaField(
        "说明",
        description="不参保的原因必填：本人怎么说、由谁核实。",
        validators=[Optional(), Length(max=300, message="说明不超过 300 个字。")],
    )
    next_due = DateField("下次落实日期", validators=[Optional()])

    def new_entry(self) -> NewEntry:
        """What the form says."""
        return NewEntry(
            self.kind.data,
            self.happened_on.data,
            self.proof.data or "",
            self.note.data or "",
            self.next_due.data,
        )


class ListForm(FlaskForm):
    """The password that a list is encrypted with."""

    password = PasswordField(
        "名单密码",
        description="12 位以上；名单一律加密，密码另行告知接收单位，不与名单一起送。",
        validators=[
            InputRequired("请设定名单的密码。"),
            Length(min=12, max=64, message="密码应为 12 至 64 位。"),
        ],
    )


class JudgeForm(FlaskForm):
    """Whether a reason holds; what is to be done where it does not."""

    note = TextAreaField(
        "意见",
        description="退回的必填：还要做什么。",
        validators=[Optional(), Length(max=200, message="意见不超过 200 个字。")],
    )
