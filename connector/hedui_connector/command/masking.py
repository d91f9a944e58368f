"""Values as a technician may see them."""

from hedui_connector.command.messages import say
from hedui_connector.wire.models import FieldType, ItemField, Value


def masked(value: Value, field: ItemField) -> str:
    """Enough of a value to see that it is the right column, and not what it says."""
    if value is None:
        return say("blank")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    text = field.codes.get(str(value), str(value))
    if field.type is FieldType.CODE:
        return text
    if field.type is FieldType.MONEY:
        return "*" * max(1, len(text) - 2) + ".**"
    if field.type is FieldType.DATE:
        return f"{text[:4]}-**-**"
    return text[0] + "*" * (len(text) - 1) if len(text) > 1 else "*"
