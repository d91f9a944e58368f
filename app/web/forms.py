"""Fields that many forms have."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


def words(
    label: str, least: int = 2, most: int = 500, *, missing: str = "", description: str = ""
) -> TextAreaField:
    """Something that has to be written: a reason, what was done, what was said.

    Blanks around it are no words. ``missing`` is said when nothing is written.
    """
    return TextAreaField(
        label,
        description=description,
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired(missing or f"请填写{label}。"),
            Length(least, most, f"{label}应为 {least} 至 {most} 个字。"),
        ],
    )
