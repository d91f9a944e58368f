"""Forms of the changes of a household: each takes what stands on a signed paper."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.changes.messages import APPLICATION_REASONS, CONSENT_REASONS, DEPARTURE_REASONS
from tenants.calendar import business_date

REMARK_LONGEST = 200


class PaperForm(FlaskForm):
    """What every change has: the day on the paper, and that the paper is there."""

    on = DateField(
        "书面材料日期",
        validators=[InputRequired("请输入书面材料上的日期，例如 2026-11-05。")],
        description="照书面材料上的签署日期填写，不晚于今天。",
    )
    remark = TextAreaField(
        "补充说明",
        validators=[Length(max=REMARK_LONGEST, message="补充说明不超过 200 个字。")],
        description="只在本页显示，加密保存，不进入报告和上级材料。",
    )
    paper = BooleanField(
        "已收到本人（或监护人）签名的书面材料，并已归入该户档案",
        validators=[InputRequired("没有签名的书面材料不能登记，请先收取。")],
    )

    def validate_on(self, field: DateField) -> None:
        """A paper is not dated in the future."""
        if field.data and field.data > business_date():
            raise ValidationError("日期晚于今天，请照书面材料上的签署日期填写。")


class ConsentForm(PaperForm):
    """撤回查询授权."""

    reason = RadioField(
        "撤回原因",
        choices=[SelectChoice(code, title) for code, title in CONSENT_REASONS.items()],
        validators=[InputRequired("请选择撤回原因。")],
    )


class ApplicationForm(PaperForm):
    """撤回申请."""

    reason = RadioField(
        "撤回原因",
        choices=[SelectChoice(code, title) for code, title in APPLICATION_REASONS.items()],
        validators=[InputRequired("请选择撤回原因。")],
    )
    paper = BooleanField(
        "已收到申请人签名的撤回申请，并已归入该户档案",
        validators=[InputRequired("没有签名的撤回申请不能登记，请先收取。")],
    )


class DepartureForm(PaperForm):
    """死亡、迁出."""

    reason = RadioField(
        "变动情形",
        choices=[SelectChoice(code, title) for code, title in DEPARTURE_REASONS.items()],
        validators=[InputRequired("请选择死亡或迁出。")],
    )
    on = DateField(
        "死亡或迁出日期",
        validators=[InputRequired("请输入死亡或迁出日期，例如 2026-11-05。")],
        description="照死亡证明、户口注销或迁移证明填写，不晚于今天。自该日起不计入家庭人口。",
    )
    paper = BooleanField(
        "已查验死亡证明、户口注销或迁移证明，复印件已归入该户档案",
        validators=[InputRequired("没有证明材料不能登记，请先收取。")],
    )
