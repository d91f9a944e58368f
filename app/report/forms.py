"""Forms with which a named person decides: to hand over incomplete, to replace a report."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from app.web.forms import words


class MergeForm(FlaskForm):
    """Why a later version takes the place of the former one; empty for a supplementary report."""

    replacing = TextAreaField(
        "以新版替代原报告的理由",
        description="留空即出具补充报告，原报告继续有效；填写理由则原报告停止使用，理由印入新版。",
        validators=[Optional(), Length(min=4, max=300, message="理由应为 4 至 300 个字。")],
    )


class DecideForm(FlaskForm):
    """Why a report is handed over although something is still out; it is printed in the report."""

    reason = words(
        "先行反馈的理由",
        4,
        300,
        missing="请填写先行反馈的理由，例如“不动产登记中心书面告知系统升级，预计下月恢复”。",
        description="理由、决定人和日期写入合并反馈；其后取得的结果以新版反馈。",
    )
