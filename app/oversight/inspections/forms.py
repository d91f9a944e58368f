"""Forms of the inspections: opening one, asking, answering, judging, ending; 回避; a subject's list."""

import datetime as dt

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from app.oversight.inspections.messages import (
    ABOUT_TITLES,
    ASKED_AS_TITLES,
    PROOF_TITLES,
    RELATION_TITLES,
    VERDICT_TITLES,
)
from tenants.calendar import business_date

LONGEST = 500


def _first_of_month() -> dt.date:
    return business_date().replace(day=1)


class OpenForm(FlaskForm):
    """Which period, of what, and how many are drawn."""

    about = RadioField(
        "检查什么",
        choices=[SelectChoice(*pair) for pair in ABOUT_TITLES.items()],
        default="looks",
        validators=[InputRequired("请选择检查什么。")],
        description="数据使用：本机构和所属单位的人员查看、下载、打印、查找。信息共享：送给信息共享单位的申请和答复的外来查询。",
    )
    unit = SelectField(
        "信息共享单位", coerce=int, default=0, description="只用于信息共享的检查；不选为全部单位。"
    )
    first_on = DateField(
        "自",
        default=_first_of_month,
        validators=[InputRequired("请填写起日，例如 2026-11-01。")],
    )
    last_on = DateField(
        "至",
        default=business_date,
        validators=[InputRequired("请填写止日，例如 2026-11-30。")],
        description="不晚于今天；当天的记录抽到开立之时。",
    )
    size = IntegerField(
        "随机抽取",
        default=20,
        validators=[
            InputRequired("请填写抽取的条数，例如 20。"),
            NumberRange(0, 500, "抽取的条数应为 0 至 500，例如 20。"),
        ],
        description="需要核实的全部列出；其余由系统按登记的随机数抽取，可以复现。",
    )
    purpose = TextAreaField(
        "检查事由",
        validators=[
            InputRequired("请填写检查事由，例如“第四季度例行检查”。"),
            Length(2, LONGEST, "检查事由应为 2 至 500 个字。"),
        ],
    )


def _words(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        validators=[
            InputRequired(f"请填写{label}。"),
            Length(4, LONGEST, f"{label}应为 4 至 500 个字。"),
        ],
    )


class AskForm(FlaskForm):
    """What somebody is asked."""

    words = _words("需要说明的情况")


class AnswerForm(FlaskForm):
    """What they say."""

    words = _words("说明")


class NoteForm(FlaskForm):
    """What a unit, or somebody who signs in no more, wrote."""

    words = _words("书面说明的内容")


class JudgeForm(FlaskForm):
    """How an item is judged, with the reason."""

    verdict = RadioField(
        "核实结论",
        choices=[SelectChoice(code, title) for code, title in VERDICT_TITLES.items() if code],
        validators=[InputRequired("请选择核实结论。")],
    )
    words = TextAreaField(
        "核实意见",
        validators=[
            InputRequired("请填写核实意见，写清依据。"),
            Length(2, LONGEST, "核实意见应为 2 至 500 个字。"),
        ],
    )


class ConcludeForm(FlaskForm):
    """What the inspection found, and what follows."""

    conclusion = TextAreaField(
        "检查结论",
        validators=[
            InputRequired("请填写检查结论。"),
            Length(4, LONGEST, "检查结论应为 4 至 500 个字。"),
        ],
    )
    follow_up = TextAreaField(
        "后续处理",
        validators=[Length(max=LONGEST, message="后续处理不超过 500 个字。")],
        description="例如转有权机关处理、整改要求；处分和诚信登记按其程序另行办理，这里只作记载。",
    )


class RecusalForm(FlaskForm):
    """Whose number: one's own, or a relative's."""

    relation = RadioField(
        "与本人的关系",
        choices=[SelectChoice(*pair) for pair in RELATION_TITLES.items()],
        default="self",
        validators=[InputRequired("请选择是本人还是亲属。")],
    )
    number = StringField(
        "公民身份号码",
        validators=[InputRequired("请填写18位公民身份号码。")],
        description="加密保存，登记后只显示遮盖的号码；只用于判断是否查看了本人或亲属的信息。",
    )


class LookListForm(FlaskForm):
    """For whom, by which proof, over which period."""

    subject = RadioField("核对对象", coerce=int, validators=[InputRequired("请选择核对对象。")])
    asked_as = RadioField(
        "申请人",
        choices=[SelectChoice(*pair) for pair in ASKED_AS_TITLES.items()],
        default="self",
        validators=[InputRequired("请选择是本人还是监护人。")],
        description="只提供给本人；未成年人、无民事行为能力人由监护人申请。",
    )
    proof = RadioField(
        "核验的证件",
        choices=[SelectChoice(*pair) for pair in PROOF_TITLES.items()],
        default="id_card",
        validators=[InputRequired("请选择核验的证件。")],
        description="当面核验原件，与登记的证件号码一致；监护人还须出示监护关系的证明。",
    )
    first_on = DateField("自", validators=[InputRequired("请填写起日，例如 2026-11-01。")])
    last_on = DateField(
        "至", default=business_date, validators=[InputRequired("请填写止日，例如 2026-11-30。")]
    )
