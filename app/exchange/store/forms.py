"""Forms of the store of returned data."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.exchange.store.loading import NewLoad


class LoadForm(FlaskForm):
    """A file that a unit gave back, about one data item."""

    item = SelectField("数据项", coerce=int, validators=[InputRequired("请选择数据项。")])
    part = StringField(
        "数据集",
        description="同一数据项分几份交来的，分别写明，例如“职工”“居民”；新的一份只替换同名的一份。",
        validators=[Optional(), Length(max=20, message="数据集名称不超过 20 个字。")],
    )
    as_of = DateField(
        "数据截至日期",
        description="对方数据实际截至的日期；表中另有逐行日期的，以逐行日期为准。",
        validators=[InputRequired("请填写日期，例如 2026-10-31。")],
    )
    file = FileField(
        "文件",
        description="对方交来的 xlsx、xls、ods 或 csv，原样上传；只列有记录的人。",
        validators=[FileRequired("请选择文件。")],
    )

    def new_load(self, unit_id: int) -> NewLoad:
        """What the form says."""
        return NewLoad(
            unit_id,
            self.item.data,
            self.part.data or "",
            self.as_of.data,
            self.file.data.read(),
            self.file.data.filename or "",
        )


class GiveUpForm(FlaskForm):
    """Why a load is taken out."""

    reason = TextAreaField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(2, 200, "理由应为 2 至 200 个字。")],
    )
