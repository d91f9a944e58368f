"""Forms of 异议: what the person says is right, how a recheck ended, how the person was told."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import DateField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.objections.messages import OUTCOME_TITLES, WAY_TITLES, say
from app.papers.forms import scans_field
from app.papers.messages import PICTURE_FILES
from tenants.calendar import business_date

LONGEST = 500


def _answer_field() -> RadioField:
    return RadioField("有异议的记录", validators=[InputRequired("请选择有异议的一条记录。")])


def _statement_field() -> TextAreaField:
    return TextAreaField(
        "当事人的陈述",
        description="照当事人所说如实记录哪里不对、实际情况是什么，不加评价；随异议转给核对的层级。",
        validators=[
            InputRequired("请填写当事人的陈述，例如“该房屋已于2024年出售，不归本人所有”。"),
            Length(4, LONGEST, "陈述应为 4 至 500 个字。"),
        ],
    )


def _said_on_field() -> DateField:
    return DateField(
        "提出日期",
        default=business_date,
        validators=[InputRequired("请填写提出日期，例如 2026-11-25。")],
    )


class TakeForm(FlaskForm):
    """Which answer is contested, and what is right according to the person."""

    finding = _answer_field()
    words = _statement_field()
    said_on = _said_on_field()
    scans = scans_field("材料扫描件", "当事人提供的书面陈述和证明")


class LodgeForm(FlaskForm):
    """At the intake desk: whom it is about, which kind of source, and the person's own words."""

    subject = SelectField(
        "提出异议的人", coerce=int, validators=[InputRequired("请选择提出异议的人。")]
    )
    about = SelectField(
        "对哪类部门的信息有异议",
        coerce=int,
        description="按当事人所说选择；说不清的由核对机构对应。",
        validators=[InputRequired("请选择哪类部门，说不清的选最后一项。")],
    )
    words = _statement_field()
    said_on = _said_on_field()
    scans = MultipleFileField(
        "签字的异议申请书和证明材料",
        description=f"当事人签字的申请书，必须上传；{PICTURE_FILES}，可一次选几个；加密保存。",
        validators=[FileRequired(say("objection.unsigned"))],
    )


class MatchForm(FlaskForm):
    """Which answer it is that the person contested at the desk."""

    finding = _answer_field()


class WordsForm(FlaskForm):
    """What was said or decided, in words."""

    words = TextAreaField(
        "说明",
        validators=[
            InputRequired("请填写说明，写清依据。"),
            Length(2, LONGEST, "说明应为 2 至 500 个字。"),
        ],
    )


class DatedForm(WordsForm):
    """Words with the day on which they were said."""

    said_on = DateField(
        "日期", default=business_date, validators=[InputRequired("请填写日期，例如 2026-11-25。")]
    )


class ConcludeForm(WordsForm):
    """How the recheck ended."""

    # What the source's answer does not allow is refused with the reason, by the verb.
    outcome = SelectField(
        "复核结论", validate_choice=False, validators=[InputRequired("请选择复核结论。")]
    )

    def offer(self, outcomes: tuple[str, ...]) -> "ConcludeForm":
        """Only what the source's answer allows."""
        self.outcome.choices = [SelectChoice(code, OUTCOME_TITLES[code]) for code in outcomes]
        return self


class TellForm(DatedForm):
    """When and how the person was told."""

    how = SelectField(
        "告知方式",
        validate_choice=False,
        choices=[SelectChoice(*way) for way in WAY_TITLES.items()],
    )
