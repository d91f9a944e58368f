"""The forms of 核对档案."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.oversight.archive.messages import HOLD_TITLES
from app.oversight.archive.rules import HOLD_KINDS
from app.web.forms import words

MOST = Length(max=200, message="不超过 200 个字。")


class FileForm(FlaskForm):
    """What is said of all the cases that are filed together."""

    shelf = StringField(
        "架位",
        validators=[Optional(), Length(max=60, message="架位不超过 60 个字。")],
        description="纸质档案放在哪里，例如“3号柜 2层 12盒”；没有上架的以后再填。",
    )
    reason = TextAreaField(
        "不齐全的理由",
        validators=[Optional(), MOST],
        description="所选案件中有材料不齐的才填，例如“当事人已迁出，无法补签”；写了理由的一并归档。",
    )


class ShelfForm(FlaskForm):
    """Where the paper file stands."""

    shelf = StringField(
        "架位",
        validators=[InputRequired("请填写架位。"), Length(max=60, message="架位不超过 60 个字。")],
        description="例如“3号柜 2层 12盒”。",
    )


class HoldForm(FlaskForm):
    """Why a file is not destroyed for now."""

    kind = SelectField(
        "事由",
        choices=[
            SelectChoice("", "请选择"),
            *(SelectChoice(code, HOLD_TITLES[code]) for code in HOLD_KINDS),
        ],
        validators=[InputRequired("请选择事由。")],
        description="异议办理期间由系统自动暂停，不用登记。",
    )
    reason = words(
        "理由和依据", most=200, description="例如“审计局〔2027〕12号调阅通知”，不写个人信息。"
    )


class ReasonForm(FlaskForm):
    """A reason."""

    reason = words("理由", most=200)


class ProposeForm(FlaskForm):
    """Why the files that were ticked are to be destroyed."""

    reason = words("销毁理由", most=200, description="例如“保管期满，经鉴定没有继续保管的价值”。")


class RenewForm(FlaskForm):
    """Why a file is still incomplete, where it is."""

    reason = TextAreaField(
        "说明",
        validators=[Optional(), MOST],
        description="补充归档后仍不齐全的，写明理由。",
    )


class ExportForm(FlaskForm):
    """The password that the package is encrypted with."""

    password = PasswordField(
        "档案包密码",
        validators=[
            InputRequired("请设定档案包的密码。"),
            Length(min=12, max=64, message="密码应为 12 至 64 位。"),
        ],
        description="12 位以上。档案包含有个人信息，一律加密；密码请当面或电话告知，不要与光盘放在一起。",
    )
