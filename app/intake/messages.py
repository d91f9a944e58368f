"""What a person is told about a subject list: faults of the file, then faults in a row.

A row's text says what is wrong and what would be right; :func:`describe` puts the place before it.
"""

from app.intake.columns import BY_KEY
from tenants.messages import RowFault, register

WANTED_FILES = "Excel 或 WPS 保存的 .xlsx（或 .xls）工作簿，或 .csv 文本文件"

register(
    {
        "agency_merged": "本机构已于 {since} 并入{name}，不再受理新的委托，请向{name}提交；已受理的继续办结。",
        "list_no_header": "前 {rows} 行中没有找到表头。表头应有户编号、与户主关系、姓名、证件号码等列名，"
        "请按模板保留表头后再上传。",
        "list_columns_missing": "缺少列：{missing}。已找到的列：{found}。请按模板补上缺少的列后再上传。",
        "list_columns_twice": "列名重复：{columns}。每列只能出现一次，请删除或改名后再上传。",
        "list_column_unit": "列“{column}”以万元为单位。应以元为单位，列名为“{right}”，"
        "请换算成元后再上传。",
        "list_no_rows": "表头下面没有名单。请至少填写一户后再上传。",
        "list_too_many_rows": "名单超过上限 {limit} 行。请分成几份上传，同一户的各行放在同一份。",
        "list_several_sheets": "有 {count} 张工作表都是名单：{sheets}。每个文件只放一张名单，"
        "请把其余工作表删除、隐藏或另存为别的文件。",
        "list_sheets_hidden": "名单所在的工作表“{sheet}”被隐藏了。请取消隐藏后再上传。",
    }
)

register(
    {
        "layout_row": "第 {row} 行",
        "layout_column_missing": "没有指明哪一列是“{column}”。请选出对应的列；表中没有的，请补上这一列再上传。",
        "layout_column_or_word": "没有指明哪一列是“{column}”。请选出对应的列；表中没有的，"
        "请在右边选整份相同的内容。",
        "layout_column_twice": "“{column}”和“{other}”选了同一列({letter} 列)。一列只能对应一项，请改选。",
        "layout_changed": "列对应已保存，以后同样表头的名单照此读取。",
    }
)

register(
    {
        "cell_missing": "没有填写。{note}",
        "cell_formula": "单元格是公式。请复制后用“选择性粘贴—数值”改为固定内容。",
        "cell_is_error": "单元格显示的是公式出错的提示(如 #N/A)，不是内容。请照实填写。",
        "cell_like_formula": "内容以 = + - @ 开头，会被表格软件当作公式。请删去开头的符号，照实填写。",
        "row_too_many_cells": "本行的单元格比表头多，可能是数字中的逗号把一格分成了两格。"
        "请去掉千位分隔的逗号，或改用 .xlsx 文件。",
        "household_no_shape": "户编号只能用汉字、字母、数字和 - _ / . ( )，不超过 40 个字。",
        "word_unknown": "“{written}”不是可填写的内容，应为：{allowed}。",
        "relation_unknown": "“{written}”不是 GB/T 4761 中的家庭关系。"
        "应填户主、本人、配偶、长子、女儿、父亲、其他亲属、非亲属等，全部词语见模板“填写说明”。",
        "scheme_not_offered": "本机构目前不受理“{written}”的核对委托。请核对救助项目，应为：{allowed}。",
        "name_lost_character": "姓名中有“?”或方块，可能是生僻字在另存时丢失。请改用 .xlsx 文件，"
        "按证件填写生僻字。",
        "name_private_character": "姓名中有造字区的字，别的系统不能显示。请用国家标准(GB 18030)中的字填写。",
        "name_characters": "居民身份证上的姓名应为汉字，可带间隔号“·”，不能有数字、字母或其他符号。",
        "name_foreign_characters": "姓名应为汉字或拉丁字母，可带空格、“·”、“-”、“'”，不能有数字或其他符号。",
        "name_length": "姓名应为 2 至 50 个字，现为 {length} 个字。",
        "document_number_shape": "证件号码应为 5 至 30 位的字母、数字(可带汉字、括号和 -)，请照证件填写。",
        "phone_shape": "电话号码不对。应为 11 位手机号码(如 13800138000)，或区号-座机号码"
        "(如 0431-88880000)。",
        "region_unknown": "没有找到“{written}”这个行政区划。应为县(市、区)的 6 位代码(如 220112)，"
        "或写全省、市、县名称。",
        "date_unreadable": "不是日期，或没有这一天。应写成 2026-11-01 这样的年-月-日。",
        "authorised_in_future": "授权日期 {written} 晚于今天({today})。应为授权书上的签字日期。",
        "authorisation_expired": "授权已于 {written} 到期，今天是 {today}。请由本人重新签署授权书后，"
        "填写新的日期。",
        "authorisation_ends_early": "授权有效期至({written})应晚于授权日期({authorised})。"
        "请照授权书核对两个日期。",
        "authorisation_too_long": "授权有效期超过 {days} 天。按授权日期最晚应填 {latest}，"
        "请照授权书核对。",
        "refused_with_date": "授权情况为拒绝授权，两个授权日期应空着。已签署授权书的，授权情况应填“已授权”。",
        "refused_by_member": "只有赡(抚、扶)养义务人可以登记为拒绝授权；家庭成员不授权的，不能委托核对。"
        "请核对“核对对象类别”和“授权情况”。",
        "scope_all_and_some": "既写了全部，又写了部分部门。授权书不限部门的写“全部”或空着；只授权部分部门的，只写这些部门。",
        "scope_of_refused": "授权情况为拒绝授权，授权范围应空着。已签署授权书的，授权情况应填“已授权”。",
        "guardian_missing": "未满 {age} 周岁的人由监护人签署查询授权书，应填监护人姓名和证件号码。",
        "guardian_name_shape": "监护人姓名应为 2 至 50 个汉字或拉丁字母，不能有数字或其他符号。",
        "guardian_relation_shape": "应写监护人是未成年人的什么人，如父亲、母亲、祖父，不超过 12 个汉字。",
        "guardian_number_missing": "填了监护人姓名，没有填监护人的证件号码。请照监护人的证件填写。",
        "guardian_is_self": "监护人的证件号码与本人相同。应填监护人自己的证件号码。",
        "amount_unreadable": "不是金额。应只写数字，以元为单位，如 1200 或 1200.50。",
        "amount_in_ten_thousand": "金额以万元为单位。应换算成元填写，如 1.5 万元应写 15000。",
        "amount_negative": "金额不能是负数。没有的填 0。",
        "amount_decimals": "金额最多两位小数(精确到分)，如 1200.50。",
        "amount_too_large": "金额超过 100 亿元。请核对是否多写了位数，单位应为元。",
        "count_unreadable": "应为整数，只写数字，如 1；没有的填 0。",
        "count_negative": "不能是负数。没有的填 0。",
        "count_too_large": "数量超过 {limit}。请核对是否填错了列。",
        "household_no_applicant": "本户没有户主或本人。每户应有且只有一人的与户主关系填“户主”或“本人”。",
        "household_two_applicants": "本户第 {other_row} 行已是户主或本人。每户只能有一人，"
        "请改为与户主的关系，或改正户编号。",
        "applicant_is_obligor": "户主(本人)的核对对象类别应为共同生活的家庭成员，"
        "不能是赡(抚、扶)养义务人。",
        "household_differs": "与本户第 {other_row} 行不同。同一户应填写相同的内容。",
        "person_twice_in_household": "与本户第 {other_row} 行的证件号码相同。同一人在一户中只写一行。",
        "person_in_two_households": "与第 {other_row} 行的证件号码相同，但户编号不同。"
        "同一人只能是一户的家庭成员，请删去其中一处或改正户编号。",
        "person_two_names": "与第 {other_row} 行的证件号码相同，但姓名不同。请照证件核对两行。",
    }
)

register(
    {
        "household_not_returned": "本次委托中这一户没有被退回，不能补正。请从补正名单中删去这一户。",
        "household_not_here": "本次委托中没有这个户编号。补正时户编号应与原名单一致；"
        "新增的家庭请另行上传名单。",
        "household_returned_twice": "本次委托中有两户使用这个户编号且都被退回，无法分辨。"
        "请联系核对机构处理。",
        "letter_too_large": "扫描件超过 {most} MB。请降低扫描分辨率后再上传。",
        "tick_own_work": "该户由您在受理窗口或委托单位工作时登记或提交，按回避要求，受理初审须由他人办理。",
        "tick_other_duty": "您已办理过该户的其他环节，受理初审须由他人办理。",
        "return_reason_missing": "请至少勾选一项退回原因，或写明其他原因。",
    }
)

RETURN_REASONS = {
    "authorisation_missing": "授权书缺失",
    "authorisation_invalid": "授权书未签字（按印）或已过有效期",
    "identity_scan_missing": "身份证件复印件缺失或不清楚",
    "household_register_missing": "户口簿复印件缺失",
    "paper_differs": "纸质材料与电子数据不一致",
    "person_incomplete": "核对对象个人信息不完整",
    "member_missing": "家庭成员或赡（抚、扶）养义务人填报不全",
    "declaration_incomplete": "家庭经济状况申报不完整",
    "letter_irregular": "委托书不规范（编号、日期、印章）",
}
"""Why a household is returned at the intake check (操作规程 三(一)1): code → words."""

TICKS = {
    "letter_seal": "委托书盖章",
    "list_seal": "名单盖章",
    "signature": "签字",
    "thumbprint": "手印",
    "card_copy": "证件复印件",
}
"""What is ticked off on paper at the intake check (操作规程 二(一)、三(一)1)."""

UNTICKED = {
    "signature": "授权书没有签字",
    "thumbprint": "授权书没有按手印",
    "card_copy": "缺身份证件复印件",
}

REMARKS = {
    "not_in_force": "授权书不在有效期内",
    "ends_early": "授权书在反馈期限前到期",
    "authorisation_missing": "没有授权书扫描件",
    "id_card_missing": "没有身份证件扫描件",
    "checksum": "身份证号码校验不符",
    "minor": "未成年人，授权书应由监护人签字、按手印",
    "elsewhere": "同一人还在另一户中，正在核对",
}
"""What the machine sees by itself."""

LETTER_FILES = "PDF 文件，或 JPG、PNG 图片"

HELD_BACK_WITH = "本行没有问题；本户第 {rows} 行有误，整户退回，改正后一并上传。"
_PLACED = "“{header}”：{text}"
_DESCRIBED = "第 {row} 行{placed}"


def describe_in_row(fault: RowFault) -> str:
    """Column, what is wrong, what would be right: for a place where the row is plain to see."""
    return _PLACED.format(header=BY_KEY[fault.column].header, text=fault)


def describe(fault: RowFault) -> str:
    """Row, column, what is wrong, what would be right."""
    return _DESCRIBED.format(row=fault.row, placed=describe_in_row(fault))
