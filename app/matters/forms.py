"""Forms of the matters: what the household said, and what is not to enter the sums."""

from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import DateField, DecimalField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.papers.forms import scans_field
from tenants.calendar import business_date


class ExplainForm(FlaskForm):
    """The household's explanation, as somebody writes it down."""

    words = TextAreaField(
        "家庭的说明",
        description="照家庭所说如实记录，不加评价；说明印入核对结果统一反馈。",
        validators=[
            InputRequired("请填写家庭的说明，例如“邮储银行的存款中有3000元是替母亲代存的”。"),
            Length(4, 500, "说明应为 4 至 500 个字。"),
        ],
    )
    told_on = DateField(
        "说明日期",
        default=business_date,
        description="家庭作出说明的日期。",
        validators=[InputRequired("请填写说明日期，例如 2026-11-25。")],
    )
    scans = scans_field("书面说明扫描件", "家庭签名的书面说明和所附证明")


class ExcludeForm(FlaskForm):
    """Which finding does not enter the sums, why, and how much of it."""

    finding = RadioField(
        "查得的记录", coerce=int, validators=[InputRequired("请选择一条查得的记录。")]
    )
    ground = SelectField("不计入的事由", validators=[InputRequired("请选择不计入的事由。")])
    amount = DecimalField(
        "不计入的数额（元）",
        places=2,
        description="留空为全部不计入；房产、车辆、经营主体按件，留空。",
        validators=[Optional(), NumberRange(min=Decimal("0.01"), message="数额应大于零。")],
    )
    note = TextAreaField(
        "凭据",
        description="凭什么材料认定，例如“报废机动车回收证明”；印入核对结果统一反馈。",
        validators=[
            InputRequired("请写明凭据，例如“报废机动车回收证明”。"),
            Length(2, 200, "凭据应为 2 至 200 个字。"),
        ],
    )

    def amount_fen(self) -> int | None:
        """The amount in fen; None for all of it."""
        amount = self.amount.data
        return None if amount is None else int((amount * 100).to_integral_value())
