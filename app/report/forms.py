"""The form with which a named person decides to hand over incomplete."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class DecideForm(FlaskForm):
    """Why a report is handed over although something is still out; it is printed in the report."""

    reason = TextAreaField(
        "先行反馈的理由",
        description="理由、决定人和日期写入合并反馈；其后取得的结果以新版反馈。",
        validators=[
            InputRequired(
                "请填写先行反馈的理由，例如“不动产登记中心书面告知系统升级，预计下月恢复”。"
            ),
            Length(min=4, max=300, message="理由应为 4 至 300 个字。"),
        ],
    )
