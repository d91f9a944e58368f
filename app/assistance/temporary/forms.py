"""Forms of 一次性临时救助: at the desk, at the agency, at human resources, of the payments."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from app.assistance.temporary.messages import (
    CHECK_TITLES,
    GROUND_TITLES,
    OUTCOME_TITLES,
    PLACE_TITLES,
    PROPOSAL_TITLES,
    SOURCE_TITLES,
)
from app.assistance.temporary.rules import BY_HAND
from app.papers.forms import scans_field
from tenants.calendar import business_date
from tenants.identity import id_number_fault, normalise_id_number

_DAY = "请填写日期，例如 2026-11-25。"
_MOST_FEN = 10_000_000
_ACCOUNT = re.compile(r"\d{8,30}")
VERDICTS = {"agree": "同意给予救助", "refuse": "不同意"}
ANSWERS = {"agree": "同意", "refuse": "不同意"}
LOCAL = {"yes": "本县户籍", "no": "外地户籍"}


def _choices(titles: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, title) for code, title in titles.items()]


def _one(label: str, titles: dict[str, str], help_: str = "") -> RadioField:
    wrong = f"请选择{label}。"
    return RadioField(
        label,
        choices=_choices(titles),
        validate_choice=False,
        validators=[InputRequired(wrong), AnyOf(titles, wrong)],
        description=help_,
    )


def _pick(label: str, titles: dict[str, str]) -> SelectField:
    wrong = f"请选择{label}。"
    return SelectField(
        label,
        choices=[SelectChoice("", "请选择"), *_choices(titles)],
        validate_choice=False,
        validators=[InputRequired(wrong), AnyOf(titles, wrong)],
    )


def _day(label: str, help_: str = "") -> DateField:
    return DateField(
        label, default=business_date, validators=[InputRequired(_DAY)], description=help_
    )


def _line(label: str, least: int, most: int, example: str, help_: str = "") -> StringField:
    wrong = f"请填写{label}，{least} 至 {most} 个字，例如 {example}。"
    return StringField(
        label,
        filters=[_stripped],
        validators=[InputRequired(wrong), Length(least, most, wrong)],
        description=help_,
    )


def _words(label: str, help_: str = "", most: int = 1000) -> TextAreaField:
    wrong = f"请写明{label}，2 至 {most} 个字。"
    return TextAreaField(
        label,
        filters=[_stripped],
        validators=[InputRequired(wrong), Length(2, most, wrong)],
        description=help_,
    )


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class ApplyForm(FlaskForm):
    """What somebody brings to the desk."""

    name = _line("姓名", 2, 50, "王建国")
    id_number = StringField(
        "公民身份号码",
        filters=[lambda text: normalise_id_number(text or "")],
        validators=[InputRequired("请填写 18 位公民身份号码。")],
    )
    phone = _line("联系电话", 5, 20, "13800000000")
    is_local = _one("户籍", LOCAL, "外地户籍的，是否在户籍地享受低保要另行核实。")
    place = _one("申请地", PLACE_TITLES, "本乡镇（街道）是申请人的务工地还是经常居住地。")
    address = _line("现住址", 2, 100, "榆树市五棵树镇东街 12 号")
    employer = _line("最后工作单位", 2, 100, "榆树市鑫源建筑劳务有限公司")
    left_on = DateField("离开单位日期", validators=[Optional()])
    statement = _words("本人陈述", "何时起没有收入、为什么不能返岗、家庭生活情况。")
    bank = _line("开户银行", 2, 50, "吉林榆树农村商业银行")
    account = StringField(
        "收款账号", filters=[_stripped], validators=[InputRequired("请填写收款账号。")]
    )
    applied_on = _day("申请日期")
    consent_on = _day("授权书签署日期")
    consent_until = DateField("授权期限至", validators=[InputRequired(_DAY)])
    consent = scans_field("查询授权书", "本人签字的查询授权书")
    identity = scans_field("身份证", "正反两面")
    proof = scans_field("证明材料", "离职证明、工资流水等")

    def validate_id_number(self, field: Field) -> None:
        """Its checks are those of every list."""
        fault = id_number_fault(field.data or "", business_date())
        if fault is not None:
            raise ValidationError(str(fault))

    def validate_account(self, field: Field) -> None:
        """Digits, as on the card."""
        if not _ACCOUNT.fullmatch(field.data or ""):
            raise ValidationError("收款账号应为 8 至 30 位数字，中间不留空格。")


class VisitForm(FlaskForm):
    """乡镇调查核实."""

    visited_on = _day("调查日期")
    visitors = _line("调查人", 2, 50, "孙丽、李国强", "至少两人，写全名。")
    findings = _words("调查情况", "收入、就业、生活情况，问了谁、看了什么。")
    proposal = _one("乡镇（街道）意见", PROPOSAL_TITLES)


class ReasonForm(FlaskForm):
    """Why."""

    reason = _words("理由", most=300)


class CheckForm(FlaskForm):
    """What a document or the investigation says about one question."""

    kind = _pick("核查事项", {k: t for k, t in CHECK_TITLES.items() if k != "elsewhere"})
    outcome = _one("核查结果", {k: t for k, (t, _) in OUTCOME_TITLES.items()})
    source = _pick("依据", {k: SOURCE_TITLES[k] for k in BY_HAND})
    as_of = _day("截至日期", "材料说明的是哪一天的情况。")
    words = _words("说明", "材料名称、出具单位、文号；或者调查中由谁说明。", 500)


class DecideForm(FlaskForm):
    """What one bureau decides."""

    verdict = _one("认定意见", VERDICTS)
    ground = SelectField(
        "不同意的理由",
        choices=[
            SelectChoice(code, title or "同意的不选") for code, title in GROUND_TITLES.items()
        ],
        validate_choice=False,
        validators=[AnyOf(GROUND_TITLES, "请选择不同意的理由。")],
        default="",
    )
    words = TextAreaField(
        "依据的事实",
        filters=[_stripped],
        validators=[Optional(), Length(2, 500, "依据的事实应为 2 至 500 个字。")],
        description="不同意的必须写明，写入告知书；同意的可以不写。",
    )


class RuleForm(FlaskForm):
    """Standard, procedure and amount, as the two bureaus' document says."""

    number = _line("文号", 4, 60, "长民发〔2026〕18号")
    valid_from = _day("生效日期")
    amount = StringField(
        "救助金额（元/人）",
        filters=[_stripped],
        validators=[InputRequired("救助金额应大于 0、不超过 100,000 元，例如 2000 或者 2000.50。")],
        description="一次性发放，每人一份。",
    )
    standard = _words("认定标准", "生活困难未参保失业人员的具体认定标准。", 2000)
    procedure = _words("审核确认程序", "各环节由谁办理、多少日内办结。", 2000)

    def validate_amount(self, field: Field) -> None:
        """Yuan with at most two decimals."""
        if not 0 < fen_of(field.data or "") <= _MOST_FEN:
            raise ValidationError("救助金额应大于 0、不超过 100,000 元，例如 2000 或者 2000.50。")


class AnswerForm(FlaskForm):
    """Human resources' answer to a proposed standard."""

    verdict = _one("意见", ANSWERS)
    words = TextAreaField(
        "说明",
        filters=[_stripped],
        validators=[Optional(), Length(2, 500, "说明应为 2 至 500 个字。")],
        description="不同意的必须写明理由。",
    )

    def validate_words(self, field: Field) -> None:
        """A refusal has its reason."""
        if self.verdict.data == "refuse" and len(field.data or "") < 2:
            raise ValidationError("不同意的，请写明理由。")


class ProveForm(FlaskForm):
    """发放凭证."""

    paid_on = _day("发放日期")
    voucher = _line("凭证号", 2, 60, "银行回单 20261211000123")


class ReturnForm(FlaskForm):
    """The money came back."""

    on = _day("退回日期")
    reason = _words("退回原因", "例如账号与户名不符。", 300)


def fen_of(text: str) -> int:
    """Yuan as typed in fen; 0 for what is no such amount."""
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return 0
    fen = amount * 100
    return int(fen) if amount.is_finite() and fen == fen.to_integral_value() else 0


def words_of_day(day: dt.date | None) -> str:
    """A date as it is sealed."""
    return day.isoformat() if day else ""
