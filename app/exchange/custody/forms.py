"""Forms of the register of media."""

import datetime as dt
from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.exchange.custody.messages import CARRIER_TITLES, STEP_TITLES
from app.exchange.custody.service import Told


def choices(titles: Mapping[str, str] | Mapping[int, str]) -> list[SelectChoice]:
    """What a field offers, from code to title."""
    return [SelectChoice(code, title) for code, title in titles.items()]


class MediumForm(FlaskForm):
    """A medium that the package was written on, or that a unit brought with its reply."""

    carrier = SelectField("介质", choices=choices(CARRIER_TITLES))
    serial = StringField(
        "介质序列号",
        description="光盘内圈或U盘上的编号，没有的不填；系统另给介质编号，请写在介质上。",
        validators=[Optional(), Length(max=60, message="序列号不超过 60 个字。")],
    )
    on = DateField("日期", validators=[InputRequired("请填写日期，例如 2026-11-12。")])
    other = StringField(
        "交来人",
        description="信息共享单位的联络员。",
        validators=[Optional(), Length(2, 50, "姓名应为 2 至 50 个字。")],
    )


class StepForm(FlaskForm):
    """The next step of a medium; what it needs depends on the step."""

    step = SelectField("步骤", validate_choice=False)
    on = DateField("日期", validators=[InputRequired("请填写日期，例如 2026-11-12。")])
    other = StringField(
        "信息共享单位经办人",
        description="移交、收回、退还和告知密码的，填写对方经办人。",
        validators=[Optional(), Length(2, 50, "姓名应为 2 至 50 个字。")],
    )
    how = StringField(
        "方式",
        description="销毁的写“粉碎”等；告知密码的写“电话”“当面”等，不写密码。",
        validators=[Optional(), Length(2, 100, "方式应为 2 至 100 个字。")],
    )
    witness = SelectField(
        "监督人",
        coerce=int,
        validate_choice=False,
        description="销毁、清除时在场的另一名数据交换员。",
    )
    why = TextAreaField(
        "说明",
        description="遗失、由对方销毁的必须写明情况和依据。",
        validators=[Optional(), Length(2, 500, "说明应为 2 至 500 个字。")],
    )

    def told(self) -> Told:
        """What was filled in."""
        return Told(
            step=self.step.data if self.step.data in STEP_TITLES else "",
            on=self.on.data or dt.date.max,
            other=self.other.data or "",
            how=self.how.data or "",
            why=self.why.data or "",
            witness_id=self.witness.data or None,
        )
