"""Forms of 保密: an undertaking, a training, a device and its disposal."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.oversight.confidentiality.messages import DEVICE_TITLES, DISPOSAL_TITLES
from app.oversight.confidentiality.rules import LARGEST_SCAN_MB
from tenants.calendar import business_date


class UndertakingForm(FlaskForm):
    """保密承诺书 as it was signed."""

    person = SelectField("人员", coerce=int, validators=[InputRequired("请选择人员。")])
    signed_on = DateField(
        "签署日期",
        default=business_date,
        validators=[InputRequired("请填写签署日期，例如 2026-11-05。")],
    )
    valid_from = DateField(
        "有效期自",
        default=business_date,
        validators=[InputRequired("请填写有效期的起日，例如 2026-11-05。")],
    )
    valid_to = DateField(
        "有效期至",
        validators=[InputRequired("请填写有效期的止日，例如 2027-11-04。")],
        description="按承诺书上的期限；到期前 30 天起列在最前。",
    )
    scan = FileField(
        "扫描件",
        validators=[FileRequired("请选择承诺书的扫描件（PDF）。")],
        description=f"本人签名的 PDF 文件，不超过 {LARGEST_SCAN_MB} MB；加密保存。",
    )

    def scan_data(self) -> bytes:
        """The scan's bytes; empty for none."""
        data: bytes = self.scan.data.read() if self.scan.data else b""
        return data


class ReasonForm(FlaskForm):
    """Why a record is void."""

    reason = StringField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(2, 200, "理由应为 2 至 200 个字。")],
    )


class TrainingForm(FlaskForm):
    """A training, and who took part; whoever is not ticked is listed as missing."""

    held_on = DateField(
        "培训日期",
        default=business_date,
        validators=[InputRequired("请填写培训日期，例如 2026-11-05。")],
    )
    topic = StringField(
        "内容",
        validators=[
            InputRequired("请填写培训内容，例如“个人信息保护和数据安全”。"),
            Length(2, 200, "内容应为 2 至 200 个字。"),
        ],
    )
    hours = IntegerField(
        "时长（分钟）",
        default=120,
        validators=[
            InputRequired("请填写时长，例如 120。"),
            NumberRange(1, 6000, "时长应为 1 至 6000 分钟，例如 120。"),
        ],
    )
    teacher = StringField(
        "授课人", validators=[InputRequired("请填写授课人或授课单位。"), Length(max=100)]
    )
    people = SelectMultipleField(
        "参加人员",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="没有勾选的列为缺席，补训后再登记。",
    )
    remark = StringField("备注", validators=[Length(max=200, message="备注不超过 200 个字。")])


class MadeUpForm(FlaskForm):
    """The day on which somebody who was missing was taught."""

    on = DateField("补训日期", validators=[InputRequired("请填写补训日期，例如 2026-11-12。")])


class DeviceForm(FlaskForm):
    """One device."""

    number = StringField(
        "编号",
        validators=[InputRequired("请填写编号，例如 核设-001。"), Length(max=40)],
        description="贴在设备上的编号，本机构内不重复。",
    )
    kind = SelectField("种类", choices=[SelectChoice(*pair) for pair in DEVICE_TITLES.items()])
    model = StringField("品牌型号", validators=[InputRequired("请填写品牌型号。"), Length(max=100)])
    place = StringField(
        "存放地点", validators=[InputRequired("请填写存放地点，例如 三楼机房。"), Length(max=100)]
    )
    keeper = SelectField("保管人", coerce=int, validators=[InputRequired("请选择保管人。")])
    is_encrypted = BooleanField("磁盘已加密")
    in_use_from = DateField(
        "启用日期",
        default=business_date,
        validators=[InputRequired("请填写启用日期，例如 2026-11-05。")],
    )


class MoveDeviceForm(FlaskForm):
    """Another place, or another keeper."""

    place = StringField(
        "存放地点", validators=[InputRequired("请填写存放地点，例如 三楼机房。"), Length(max=100)]
    )
    keeper = SelectField("保管人", coerce=int, validators=[InputRequired("请选择保管人。")])
    is_encrypted = BooleanField("磁盘已加密")


class DisposeForm(FlaskForm):
    """The end of a device: how, when, by whom and who watched."""

    disposal = SelectField(
        "处置方式",
        choices=[SelectChoice(code, words) for code, words in DISPOSAL_TITLES.items() if code],
    )
    on = DateField(
        "处置日期",
        default=business_date,
        validators=[InputRequired("请填写处置日期，例如 2026-11-05。")],
    )
    by = SelectField("经办人", coerce=int, validators=[InputRequired("请选择经办人。")])
    witness = SelectField(
        "监督人",
        coerce=int,
        validators=[InputRequired("请选择监督人。")],
        description="与经办人不同的人员。",
    )
    note = TextAreaField("说明", validators=[Length(max=200, message="说明不超过 200 个字。")])
