"""What a person is told about an identity number; the number itself is never repeated."""

IDENTITY_MESSAGES = {
    "id_number_missing": "没有填写证件号码，应填写18位公民身份号码。",
    "id_number_old": (
        "填写的是15位旧身份证号码，应改填18位公民身份号码（可从现持身份证或户口簿上抄录）。"
    ),
    "id_number_scientific": (
        "身份证号码被表格软件改成了科学计数法，后几位已经丢失；"
        "请先把该列设为“文本”格式，再照身份证重新填写18位号码。"
    ),
    "id_number_length": "身份证号码应为18位，现为{length}位。",
    "id_number_characters": (
        "身份证号码第{position}位不能是这个字符：前17位应为数字，末位应为数字或字母X。"
    ),
    "id_number_date": "身份证号码第7至14位应为真实存在的出生日期（年月日），请照身份证核对。",
    "id_number_future": "身份证号码中的出生日期晚于今天，请照身份证核对第7至14位。",
    "id_number_checksum": (
        "身份证号码校验不符：按前17位推算末位应为{expected}，现为{found}；"
        "请照身份证逐位核对，可能是其中一位抄错。"
    ),
}
