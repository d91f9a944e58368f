"""Forms of the register: a new export, and why one is given up."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateTimeLocalField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.assistance.register import names
from app.assistance.register.loading import NewLoad
from app.assistance.register.rules import Totals
from tenants.calendar import SHANGHAI

MOST = 100_000_000


class LoadForm(FlaskForm):
    """A file that was exported from the national system, with what its screen said of it."""

    unit = SelectField("委托单位", coerce=int, validators=[InputRequired("请选择委托单位。")])
    scheme = SelectField("救助项目", validators=[InputRequired("请选择救助项目。")])
    source = StringField(
        "来源系统",
        default=names.SYSTEM,
        description="数据由哪个系统导出；手工制作的表不能装入。",
        validators=[
            InputRequired("请填写来源系统。"),
            Length(2, 40, "来源系统应为 2 至 40 个字。"),
        ],
    )
    exported_at = DateTimeLocalField(
        "导出时间",
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        description="系统导出的时间，不是上传的时间。",
        validators=[InputRequired("请填写导出时间，例如 2026-12-01 09:30。")],
    )
    households = IntegerField(
        "户数合计",
        description="照系统导出时显示的合计填写，不要从文件里数。",
        validators=[InputRequired("请填写户数合计。"), NumberRange(1, MOST, "户数应大于零。")],
    )
    persons = IntegerField(
        "人数合计",
        validators=[InputRequired("请填写人数合计。"), NumberRange(1, MOST, "人数应大于零。")],
    )
    amount = DecimalField(
        "金额合计（元/月）",
        places=2,
        description="全部家庭一个月的金额；没有发放金额的救助项目留空。",
        validators=[Optional(), NumberRange(0, MOST * 10, "金额应为零或以上的数。")],
    )
    file = FileField(
        "文件",
        description="系统导出的 xlsx、xls、ods 或 csv，原样上传。",
        validators=[FileRequired("请选择文件。")],
    )

    def new_load(self) -> NewLoad:
        """What the form says."""
        amount = self.amount.data
        fen = 0 if amount is None else int((amount * 100).to_integral_value())
        return NewLoad(
            unit_id=self.unit.data,
            scheme=self.scheme.data,
            source=self.source.data or "",
            exported_at=self.exported_at.data.replace(tzinfo=SHANGHAI),
            told=Totals(self.households.data, self.persons.data, fen),
            data=self.file.data.read(),
            filename=self.file.data.filename or "",
        )


class VoidForm(FlaskForm):
    """Why a load is given up."""

    reason = TextAreaField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(2, 200, "理由应为 2 至 200 个字。")],
    )
