"""Names of files and documents as units know them, and how a fault's place is said."""

from tenants.messages import RowFault

PACKAGE = "数据交换包 {number}.zip"

ID_TYPES = {"resident_id": "居民身份证"}


def place(fault: RowFault) -> str:
    """A row fault with its place: sheet, row and column."""
    sheet = fault.values.get("sheet", "")
    return f"“{sheet}”第 {fault.row} 行“{fault.column}”：{fault}"
