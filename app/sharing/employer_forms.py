"""The form by which an employer is recorded."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.sharing.employers import NewEmployer


class NewEmployerForm(FlaskForm):
    """Which employer, who answers there, and by which letter that person was filed."""

    name = StringField(
        "单位名称",
        description="照统一社会信用代码证书填写全称，例如 榆树市第一中学。",
        validators=[
            InputRequired("请填写单位名称。"),
            Length(2, 60, "单位名称应为 2 至 60 个字。"),
        ],
    )
    code = StringField(
        "统一社会信用代码",
        description="18 位，末位是校验位；照证书填写。",
        validators=[
            InputRequired("请填写 18 位统一社会信用代码。"),
            Length(max=30, message="统一社会信用代码为 18 位。"),
        ],
    )
    contact = StringField(
        "该单位的专人",
        description="负责提供在编信息的人；双方的专人互相备案后才能交换。",
        validators=[InputRequired("请填写专人姓名。"), Length(2, 30, "姓名应为 2 至 30 个字。")],
    )
    letter_number = StringField(
        "备案函文号",
        description="该单位备案函的文号，没有文号的写“无文号”。",
        validators=[
            InputRequired("请填写备案函的文号，没有文号的写“无文号”。"),
            Length(2, 60, "文号应为 2 至 60 个字。"),
        ],
    )

    def typed(self) -> NewEmployer:
        """What was typed."""
        return NewEmployer(
            *(field.data or "" for field in (self.name, self.code)),
            *(field.data or "" for field in (self.contact, self.letter_number)),
        )
