"""What downloads of this desk are called; a name never holds private data."""

LIST = "核对名单"
ERRORS = "退回核对名单.xlsx"
LETTER_SCAN = "委托书扫描件"
TEMPLATE = "核对名单模板.xlsx"
LOOK_REASON = "受理初审"
