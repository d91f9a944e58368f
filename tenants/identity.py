"""Citizens' identity numbers (GB 11643-1999): the checks, and what a number says.

The region in the first six digits is that of first registration and may be long abolished, so
nobody is refused by it.
"""

import unicodedata
from datetime import date
from enum import StrEnum

from tenants.identity_messages import IDENTITY_MESSAGES
from tenants.messages import Fault, register

register(IDENTITY_MESSAGES)

LENGTH = 18
_WEIGHTS = tuple(2 ** (17 - i) % 11 for i in range(17))
_CHECK_CHARACTERS = "10X98765432"
_EARLIEST_BIRTH = date(1880, 1, 1)


class Sex(StrEnum):
    """As the 17th digit says: odd male, even female."""

    MALE = "male"
    FEMALE = "female"


def normalise_id_number(text: str) -> str:
    """``text`` without spaces and invisible marks, full-width narrowed, ``x`` as ``X``."""
    narrow = unicodedata.normalize("NFKC", text)
    kept = (c for c in narrow if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept).lstrip("'").upper()


def check_id_number(text: str, today: date | None = None) -> str:
    """The normalised 18-character number, or a :class:`Fault` that says what is wrong with it.

    ``today`` (the business date) also refuses births in the future. Fault codes: ``id_number_`` +
    missing, old, scientific, length, characters, date, future, checksum.
    """
    fault = id_number_fault(text, today)
    if fault is not None:
        raise fault
    return normalise_id_number(text)


def id_number_fault(text: str, today: date | None = None) -> Fault | None:
    """What is wrong with ``text`` as an identity number, without raising; ``None`` when right."""
    number = normalise_id_number(text)
    return _shape_fault(number) or _birth_fault(number, today) or _checksum_fault(number)


def check_character(first17: str) -> str:
    """The 18th character that GB 11643 gives for the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def birth_date(number: str) -> date:
    """The birth date in a checked number; ``ValueError`` when there is no such date."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> Sex:
    """The sex in a checked number."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age_on(number: str, day: date) -> int:
    """Full years of age on ``day``; born on 29 February counts from 1 March in other years."""
    born = birth_date(number)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _shape_fault(number: str) -> Fault | None:
    if not number:
        return Fault("id_number_missing")
    if _is_scientific(number):
        return Fault("id_number_scientific")
    if len(number) == 15 and _is_digits(number):
        return Fault("id_number_old")
    if len(number) != LENGTH:
        return Fault("id_number_length", length=len(number))
    for position, character in enumerate(number, start=1):
        if not _is_digits(character) and (position, character) != (LENGTH, "X"):
            return Fault("id_number_characters", position=position)
    return None


def _birth_fault(number: str, today: date | None) -> Fault | None:
    try:
        born = birth_date(number)
    except ValueError:
        return Fault("id_number_date")
    if born < _EARLIEST_BIRTH:
        return Fault("id_number_date")
    if today is not None and born > today:
        return Fault("id_number_future")
    return None


def _checksum_fault(number: str) -> Fault | None:
    expected = check_character(number[:17])
    if number[17] == expected:
        return None
    return Fault("id_number_checksum", expected=expected, found=number[17])


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_scientific(number: str) -> bool:
    mantissa, mark, exponent = number.partition("E")
    return bool(mark) and _is_digits(exponent.lstrip("+")) and _is_digits(mantissa.replace(".", ""))
