"""The form of a connection."""

import datetime as dt

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.exchange.custody.forms import choices
from app.exchange.wire.connecting import Agreed
from app.exchange.wire.messages import DIRECTION_TITLES

ALGORITHM_TITLES = {"ed25519": "ed25519 公私钥（推荐）", "hmac-sha256": "HMAC-SHA-256 共享密钥"}
CHOSEN = (InputRequired("请选择其中一项。"),)


class AgreedForm(FlaskForm):
    """What was agreed with the unit, and can be agreed anew."""

    url = StringField(
        "对方地址或文件夹",
        description="由本机构发往对方时填写，如 https://exchange.example.gov.cn:8443，不带路径；经文件夹交换时填写目录，如 /srv/exchange/220182。均须在系统运维人员允许的范围内。",
        validators=[Length(max=200, message="地址不超过 200 个字符。")],
    )
    unit_code = StringField(
        "单位代码",
        description="对方在其系统中登记的本单位代码，即 connector.toml 里 unit.code；与外省核对机构连接的，填对方机构代码，如 440000。",
        validators=[
            InputRequired("请填写单位代码，例如 BANK01。"),
            Regexp(r"[0-9A-Za-z-]{2,32}\Z", message="单位代码为 2 至 32 个字母、数字或连字符。"),
        ],
    )
    their_keyid = StringField(
        "对方 keyid",
        description="对方交来的密钥名称；对方的系统来取或经文件夹交换的，以本机构代码加点号开头，如 220182.17.1。",
        validators=[Length(max=100, message="keyid 不超过 100 个字符。")],
    )
    their_key = TextAreaField(
        "对方公钥",
        description="粘贴对方 unit.pub 的全部内容；共享密钥方式的粘贴密钥文件内容。已登记且未更换的留空。",
        validators=[Length(max=2000, message="公钥不超过 2000 个字符。")],
    )
    their_box = TextAreaField(
        "对方加密公钥",
        description="只在经文件夹交换时填写：粘贴对方 unit-box.pub 的全部内容，写给对方的文件用它加密。",
        validators=[Length(max=2000, message="加密公钥不超过 2000 个字符。")],
    )
    hours = StringField(
        "发送时段",
        description="只在工作日的这一时段联系对方，如 08:30-17:00；留空为随时。",
        validators=[Length(max=11, message="时段应写作 08:30-17:00。")],
    )
    valid_from = DateField(
        "启用日期", validators=[InputRequired("请填写启用日期，例如 2026-11-01。")]
    )
    valid_to = DateField("停用日期", description="不定期的留空。", validators=[Optional()])

    def agreed(self) -> Agreed:
        """What the form says."""
        return Agreed(
            url=(self.url.data or "").strip(),
            unit_code=(self.unit_code.data or "").strip(),
            their_keyid=(self.their_keyid.data or "").strip(),
            their_key=(self.their_key.data or "").strip(),
            their_box=(self.their_box.data or "").strip(),
            hours=(self.hours.data or "").strip(),
            valid_from=self.valid_from.data or dt.date.min,
            valid_to=self.valid_to.data,
        )


class ConnectionForm(AgreedForm):
    """A new connection."""

    unit = SelectField(
        "信息共享单位",
        coerce=int,
        description="已有连接的单位须先关闭原连接。",
        validators=[InputRequired("请选择信息共享单位。")],
    )
    direction = SelectField("方式", choices=choices(DIRECTION_TITLES), validators=CHOSEN)
    algorithm = SelectField("签名算法", choices=choices(ALGORITHM_TITLES), validators=CHOSEN)
