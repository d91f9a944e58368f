"""Forms of the changes of a household: each takes what stands on a signed paper."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from app.changes.messages import (
    APPLICATION_REASONS,
    CONSENT_REASONS,
    CORRECTION_REASONS,
    DEPARTURE_REASONS,
    JOINING_REASONS,
)
from app.intake.columns import BY_KEY, WORDS
from app.papers.forms import scans_field
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


class ScannedForm(PaperForm):
    """A change whose paper may be scanned as well."""

    scans = scans_field("书面材料扫描件", "本次登记所凭的书面材料")


class ConsentedForm(ScannedForm):
    """A change that brings an authorisation, whose scan goes where the person is asked about."""

    authorisation_scans = scans_field(
        "查询授权书扫描件", "本次登记的查询授权书", "受理初审后随追加委托送上级"
    )


class HouseholdPapersForm(ConsentedForm):
    """A change that shows in the household's own papers: they join those it came with."""

    register_scans = scans_field("户口簿扫描件", "变动后的户口簿", "受理初审后归入该户扫描件")
    marriage_scans = scans_field("婚姻证明扫描件", "结婚证、离婚证等", "受理初审后归入该户扫描件")


class ConsentForm(ScannedForm):
    """撤回查询授权."""

    reason = RadioField(
        "撤回原因",
        choices=[SelectChoice(code, title) for code, title in CONSENT_REASONS.items()],
        validators=[InputRequired("请选择撤回原因。")],
    )


class ApplicationForm(ScannedForm):
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


class DepartureForm(ScannedForm):
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


def _typed(key: str, **more: Any) -> Any:
    """A field of the list: its heading, its words, its note; judged by the list's rules."""
    column = BY_KEY[key]
    asked = [InputRequired(f"请填写{column.header}。")] if column.required == "always" else []
    values = {"validators": asked, "description": column.note, **more}
    if column.key in ("id_type", "subject_role", "consent"):
        words = [SelectChoice(word.word, word.word) for word in WORDS[key]]
        return SelectField(column.header, choices=words, **values)
    return StringField(column.header, **values)


class MemberForm(HouseholdPapersForm):
    """追加成员: the columns of the list for one person."""

    reason = RadioField(
        "追加原因",
        choices=[SelectChoice(code, title) for code, title in JOINING_REASONS.items()],
        validators=[InputRequired("请选择追加原因。")],
    )
    on = DateField(
        "自何日起为家庭成员",
        validators=[InputRequired("请输入出生、结婚或迁入日期，例如 2026-11-05。")],
        description="照出生医学证明、结婚证、户口簿填写，不晚于今天；漏报的填申请日期。自该日起计入家庭人口。",
    )
    relation = _typed("relation")
    name = _typed("name")
    id_type = _typed("id_type")
    id_number = _typed("id_number")
    subject_role = _typed("subject_role")
    phone = _typed("phone")
    consent = _typed("consent")
    authorised_on = _typed("authorised_on")
    authorisation_expires_on = _typed("authorisation_expires_on")
    authorisation_scope = _typed("authorisation_scope")
    guardian_name = _typed("guardian_name")
    guardian_relation = _typed("guardian_relation")
    guardian_id_number = _typed("guardian_id_number")
    monthly_income = _typed("monthly_income")
    deposits = _typed("deposits")
    houses = _typed("houses")
    vehicles = _typed("vehicles")
    businesses = _typed("businesses")
    paper = BooleanField(
        "已查验证明材料，已收到签名并按指印的查询授权书（未成年人由监护人签），均已归入该户档案",
        validators=[InputRequired("没有授权书和证明材料不能追加，请先收取。")],
    )


class CorrectionForm(HouseholdPapersForm):
    """更正证件号码、姓名; what is left empty stays as it is."""

    reason = RadioField(
        "更正原因",
        choices=[SelectChoice(code, title) for code, title in CORRECTION_REASONS.items()],
        validators=[InputRequired("请选择更正原因。")],
    )
    name = _typed("name", validators=[], description="与证件一致；不更正的保持原样。")
    id_type = _typed("id_type", validators=[])
    id_number = _typed("id_number", validators=[], description="只更正姓名的留空。")
    authorised_on = _typed(
        "authorised_on", description="更正后的授权书的签署日期；授权书所写号码无误的留空。"
    )
    authorisation_expires_on = _typed("authorisation_expires_on")
    paper = BooleanField(
        "已查验证件原件；授权书写有原号码的，已另行取得写有正确号码、签名并按指印的授权书",
        validators=[InputRequired("没有查验证件和授权书不能更正，请先收取。")],
    )


class ConsentAnewForm(ConsentedForm):
    """重新授权 after a consent was taken back, refused or ran out."""

    authorised_on = _typed(
        "authorised_on", validators=[InputRequired("请填写新授权书的签署日期。")]
    )
    authorisation_expires_on = _typed(
        "authorisation_expires_on", validators=[InputRequired("请填写新授权书的有效期至。")]
    )
    authorisation_scope = _typed(
        "authorisation_scope",
        description="照新授权书填写；空着与原授权书相同，不限部门的写“全部”。",
    )
    guardian_name = _typed("guardian_name")
    guardian_relation = _typed("guardian_relation")
    guardian_id_number = _typed("guardian_id_number")
    paper = BooleanField(
        "已收到重新签名并按指印的查询授权书，并已归入该户档案",
        validators=[InputRequired("没有新的授权书不能登记，请先收取。")],
    )
