"""Forms about notices of holidays."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from app.holidays.uploading import MOST_BYTES, text_in
from tenants.messages import Fault

MOST_CHARACTERS = 8_000


class NoticeForm(FlaskForm):
    """The State Council's notice, pasted or as a file."""

    words = TextAreaField(
        "通知原文",
        description="从中国政府网复制《国务院办公厅关于……年部分节假日安排的通知》的标题、文号和正文，"
        "粘贴在这里；也可以照样逐条输入。",
        validators=[
            Optional(),
            Length(max=MOST_CHARACTERS, message=f"通知原文不超过 {MOST_CHARACTERS} 个字。"),
        ],
    )
    file = FileField(
        "或者选择文件",
        description="带文字的 PDF，或者通知正文保存成的 .txt 文件；扫描成图片的 PDF 请粘贴正文。",
        validators=[Optional()],
    )
    year = IntegerField(
        "年份",
        description="标题里有的，不用填写。",
        validators=[Optional(), NumberRange(2020, 2099, "年份应为四位数，例如 2027。")],
    )
    number = StringField(
        "文号",
        description="正文里有的，不用填写；例如 国办发明电〔2026〕7号。",
        validators=[Optional(), Length(max=60, message="文号不超过 60 个字。")],
    )
    seen = HiddenField()

    def text(self) -> str:
        """What was pasted, else what stands in the file. ``Fault`` for neither."""
        pasted = (self.words.data or "").strip()
        if pasted:
            return pasted
        data: bytes = self.file.data.read(MOST_BYTES + 1) if self.file.data else b""
        found = text_in(data) if data else ""
        if not found:
            raise Fault("holiday.no_text")
        if len(found) > MOST_CHARACTERS:
            raise Fault("holiday.too_large")
        return found
