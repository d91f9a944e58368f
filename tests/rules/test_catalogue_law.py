"""第七条 word by word: every kind of information it names is a data item, or a value of one."""

import re

import pytest

from tenants.catalogue import AskedOf, DataItem, FieldType, Service, catalogue

ARTICLE_7 = {
    1: "城乡低保、医疗救助、临时救助、特困救助供养、婚姻登记、优抚安置、殡葬服务、流浪乞讨救助、社会组织、"
    "慈善救助、帮扶",
    2: "教育救助",
    3: "户籍人口登记与注销、机动车辆权属、出入境",
    4: "财政供养",
    5: "就业救助、离退休、就业、失业登记、缴纳社会保险费、享受社会保险待遇、城镇职工基本医疗保险、"
    "城镇居民基本医疗保险、大病医疗保险、医疗保障政策",
    6: "不动产登记",
    7: "住房救助、房产交易、住房公积金",
    8: "从业资格、船舶",
    9: "惠农补贴",
    10: "林业贴息贷款",
    11: "新型农村合作医疗、大病医疗保险、疾病应急救助、计划生育政策、失独家庭补助",
    12: "纳税、个体工商户纳税、企业纳税",
    13: "个体工商户登记、企业登记、股权",
    14: "在编",
    15: "残疾人身份、残疾类别、残疾等级",
    16: "存款、贷款、理财、证券交易、商业保险购买缴费、商业保险获益",
    17: "其他",
}
"""吉民发〔2017〕58号 第七条 (一)–(十七), what each kind of unit provides, as its list stands there."""

IN_OTHER_WORDS = {
    (5, "缴纳社会保险费"): (501, "个人缴费状态"),
    (5, "享受社会保险待遇"): (501, "个人待遇领取状态"),
    (5, "医疗保障政策"): (506, "其他医疗保障"),
    (11, "计划生育政策"): (1104, "计划生育奖励扶助"),
    (12, "个体工商户纳税"): (1202, "个体工商户和企业纳税"),
    (12, "企业纳税"): (1202, "个体工商户和企业纳税"),
    (13, "个体工商户登记"): (1301, "个体工商户和企业登记"),
    (13, "企业登记"): (1301, "个体工商户和企业登记"),
    (15, "残疾人身份"): (1501, "残疾人身份类别等级"),
    (16, "商业保险购买缴费"): (1605, "累计已缴保费"),
    (16, "商业保险获益"): (1605, "累计获益金额"),
}
INFORMATION = [(kind, word) for kind, text in ARTICLE_7.items() for word in text.split("、")]


def said_by(code: int) -> str:
    """Every word of a data item: its title, its fields' titles and their code sets."""
    item = catalogue().item(code)
    words = [item.title]
    for field in item.fields:
        words += [field.title, *field.codes.values()]
    return "|".join(words)


@pytest.mark.parametrize(("kind", "word"), INFORMATION)
def test_what_the_article_names_can_be_asked(kind: int, word: str) -> None:
    code, there = IN_OTHER_WORDS.get((kind, word), (0, word))
    asked = [code] if code else [item.code for item in catalogue().of_kind(kind)]
    assert any(there in said_by(code) for code in asked), f"({kind}) {word}"


@pytest.mark.parametrize("item", catalogue().items.values(), ids=lambda item: str(item.code))
def test_no_item_is_there_without_a_word_of_the_article(item: DataItem) -> None:
    """Each item answers to at least one word of its own kind: nothing is asked for good measure."""
    words = [word for kind, word in INFORMATION if kind == item.kind]
    known = [IN_OTHER_WORDS.get((item.kind, word), (item.code, word)) for word in words]
    assert any(code == item.code and there in said_by(code) for code, there in known)


@pytest.mark.parametrize("item", catalogue().items.values(), ids=lambda item: str(item.code))
def test_every_field_is_typed_and_amounts_have_their_unit(item: DataItem) -> None:
    for field in item.fields:
        assert field.type in FieldType
        assert (field.type is FieldType.CODE) == bool(field.codes), field.name
        assert field.type is not FieldType.MONEY or field.unit == "元", field.name
        assert all(re.fullmatch(r"\d", code) for code in field.codes), field.name
        assert (field.type is FieldType.YES_NO) == (item.service is Service.YES_NO), field.name


def test_what_names_an_account_or_another_person_is_sensitive() -> None:
    """The numbers by which somebody can be found elsewhere, and who the other person is."""
    fields = [f for item in catalogue().items.values() for f in item.fields]
    named = [f for f in fields if re.search("账号|保单号|证件号码|对方姓名|残疾人证号", f.title)]
    assert len(named) == 6
    assert all(f.sensitive for f in named)


def test_the_employer_of_each_person_is_asked_about_the_post_alone() -> None:
    """第七条（十四）: 家庭成员所在部门（单位）, not a unit that knows everybody."""
    items = catalogue().items.values()
    assert [i.code for i in items if i.asked_of is AskedOf.OWN_EMPLOYER] == [1401]


def test_each_insurance_is_a_row_of_its_own() -> None:
    """民发〔2020〕95号 二（一）1: pension and unemployment benefit stand apart by their kind."""
    item = catalogue().item(501)
    assert [f.name for f in item.fields if f.type is FieldType.MONEY] == [
        "contribution_base",
        "benefit_amount",
    ]
    assert item.field("insurance").codes == {"1": "基本养老保险", "2": "失业保险"}
