"""The number by which a person or an organisation is found in the record."""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from app.oversight.integrity.messages import Fault
from tenants.identity import check_id_number


def document_of(about: str, typed: str) -> str:
    """The checked number: 公民身份号码, of an organisation 统一社会信用代码; else ``Fault``."""
    if about != "organisation":
        return check_id_number(typed)
    try:
        return str(uscc.validate(typed))
    except ValidationError as error:
        raise Fault("integrity.credit_code") from error
