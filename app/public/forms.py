"""What an agency publishes about itself."""

import re

from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.public.messages import CONTACT_TITLES

_PHONE = re.compile(r"[0-9()（）+\- 、转]{7,60}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WRONG_PHONE = "请填写电话号码，例如 0431-84220000；有几个的用顿号分开。"
_TOO_LONG = "最多 100 个字。"


class ContactForm(FlaskForm):
    """Address, hours and ways to be reached; only the first three have to be there."""

    address = StringField(
        CONTACT_TITLES["address"],
        validators=[
            InputRequired("请填写地址，群众来访时用。"),
            Length(max=100, message=_TOO_LONG),
        ],
    )
    hours = StringField(
        CONTACT_TITLES["hours"],
        validators=[
            InputRequired("请填写办公时间，例如 工作日 8:30—11:30、13:00—16:30。"),
            Length(max=100, message=_TOO_LONG),
        ],
    )
    phone = StringField(
        CONTACT_TITLES["phone"],
        validators=[InputRequired(_WRONG_PHONE), Regexp(_PHONE, message=_WRONG_PHONE)],
    )
    tip_phone = StringField(
        CONTACT_TITLES["tip_phone"],
        validators=[InputRequired(_WRONG_PHONE), Regexp(_PHONE, message=_WRONG_PHONE)],
    )
    tip_email = EmailField(
        CONTACT_TITLES["tip_email"],
        validators=[
            Optional(),
            Length(max=100, message=_TOO_LONG),
            Regexp(_EMAIL, message="请填写电子邮箱，例如 jubao@example.gov.cn。"),
        ],
    )
    tip_wechat = StringField(
        CONTACT_TITLES["tip_wechat"], validators=[Optional(), Length(max=100, message=_TOO_LONG)]
    )
    tip_weibo = StringField(
        CONTACT_TITLES["tip_weibo"], validators=[Optional(), Length(max=100, message=_TOO_LONG)]
    )
