"""The form before sealing: what stands on the letter."""

from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import Length, Optional


class LetterForm(FlaskForm):
    """Number and day of the letter; left blank, they are written by hand."""

    letter_number = StringField(
        "委托书文号",
        validators=[Optional(), Length(max=60, message="委托书文号不超过 60 个字。")],
        description="还没有文号的可以不填，打印后手写，例如 双民救委〔2026〕11号。",
    )
    letter_on = DateField(
        "委托书日期",
        validators=[Optional()],
        description="不填的，留出空格，用印时手写。",
    )
