"""Forms about data items that an agency adds: the item with its basis and columns, and its end."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.sharing.forms import LARGEST_SCAN_MB
from app.sharing.messages import FIELD_TYPES
from app.sharing.own_items import NewItem, TypedField
from tenants.messages import Fault

FIELDS = 8
_TYPES = [SelectChoice(code, title) for code, title in FIELD_TYPES.items()]


def _boxes(title: str, sentence: str) -> SelectMultipleField:
    return SelectMultipleField(
        title,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(sentence)],
    )


class ColumnForm(Form):
    """One column of the reply."""

    title = StringField("字段", validators=[Length(max=30, message="字段名称不超过 30 个字。")])
    type = SelectField("类型", choices=_TYPES, validators=[Optional()])
    codes = StringField("代码表", validators=[Length(max=400, message="代码表不超过 400 个字。")])
    sensitive = BooleanField("敏感")


class OwnItemForm(FlaskForm):
    """A data item, the document that orders it, and the columns of its reply."""

    kind = SelectField(
        "单位类别",
        coerce=int,
        description="由哪一类信息共享单位提供。",
        validators=[InputRequired("请选择单位类别。")],
    )
    title = StringField(
        "数据项名称",
        description="例如 住房租赁补贴。",
        validators=[
            InputRequired("请填写数据项名称，例如 住房租赁补贴。"),
            Length(2, 20, "数据项名称应为 2 至 20 个字。"),
        ],
    )
    law_title = StringField(
        "依据文件",
        description="县级以上人民政府确定该项核对内容的文件，写明文号。",
        validators=[
            InputRequired("请填写依据文件，例如 榆政发〔2026〕12号。"),
            Length(max=80, message="依据文件不超过 80 个字。"),
        ],
    )
    law_article = StringField(
        "条款",
        description="例如 第五条（二）。",
        validators=[
            InputRequired("请填写条款，例如 第五条（二）。"),
            Length(max=40, message="条款不超过 40 个字。"),
        ],
    )
    law_text = TextAreaField(
        "条款原文",
        description="条款原文和文件扫描件至少有一项。",
        validators=[Length(max=2000, message="条款原文不超过 2000 个字。")],
    )
    scan = FileField(
        "文件扫描件",
        description=f"PDF 文件，不超过 {LARGEST_SCAN_MB} MB；加密保存。",
        validators=[Optional()],
    )
    schemes = _boxes("救助项目", "请选择向哪些救助项目的核对对象查询。")
    roles = _boxes("核对对象", "请选择查询哪些核对对象。")
    fields_typed = FieldList(FormField(ColumnForm), min_entries=FIELDS, max_entries=FIELDS)

    def typed(self) -> NewItem:
        """What was typed in; ``Fault`` for a scan that is no PDF or too large."""
        return NewItem(
            kind=self.kind.data,
            title=self.title.data or "",
            law_title=self.law_title.data or "",
            law_article=self.law_article.data or "",
            law_text=self.law_text.data or "",
            fields=self.columns(),
            schemes=self.schemes.data or (),
            roles=self.roles.data or (),
            scan=self._scan(),
        )

    def columns(self) -> list[TypedField]:
        """The columns that have a name."""
        return [
            TypedField(row["title"], row["type"], row["codes"] or "", row["sensitive"])
            for row in self.fields_typed.data
            if row["title"]
        ]

    def _scan(self) -> bytes | None:
        chosen = self.scan.data
        data: bytes = chosen.read() if chosen else b""
        if data and (not data.startswith(b"%PDF-") or len(data) > LARGEST_SCAN_MB * 1024 * 1024):
            raise Fault("own_item.scan", most=LARGEST_SCAN_MB)
        return data or None


class StopForm(FlaskForm):
    """Why nobody is asked about it any more."""

    reason = TextAreaField(
        "理由",
        validators=[InputRequired("请填写理由。"), Length(2, 500, "理由应为 2 至 500 个字。")],
    )
