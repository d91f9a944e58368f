"""What the papers say, before it has a shape: handed over worded, by the gathering.

Nothing here knows of the database. Amounts are nowhere in it: no paper prints what a household
declared, or what was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.cases.identity import Guardian

Kinds = tuple[tuple[str, tuple[str, ...]], ...]
"""Kinds of sharing unit with what is asked of each: (title, titles of its data items)."""


@dataclass(frozen=True)
class Law:
    """What the province's rulebook gives the papers to say; an empty article is a value of ours.

    ``asked``: role (applicant, member, obligor) → what is asked, for each scheme's code.
    """

    basis: str
    authorisation_months: int
    reply_days: int
    extension_days: int
    report_article: str
    asked: Mapping[str, Mapping[str, Kinds]]


@dataclass(frozen=True)
class Person:
    """One subject, the number whole; ``has_left``: died or moved away.

    ``narrowed``: what is asked of whom, where the authorisation names some kinds of unit only.
    ``age`` is None where the document does not tell it, ``expires_on`` where no consent holds.
    """

    name: str
    id_type: str
    id_number: str
    relation: str
    role: str
    role_title: str
    age: int | None
    expires_on: date | None
    is_citizen: bool = True
    narrowed: Kinds = ()
    guardian: Guardian | None = None
    has_left: bool = False

    @property
    def document(self) -> str:
        """The number; with the kind of document where it is not the identity card."""
        return self.id_number if self.is_citizen else f"{self.id_type} {self.id_number}"


@dataclass(frozen=True)
class Household:
    """One household, titles in words; ``scheme`` and ``application`` are codes.

    ``desk`` is empty when the department took it in itself, ``due_on`` None where the law sets no
    day. ``has_matters``: something was found that the household was asked to explain.
    """

    household_no: str
    number: str
    head: str
    scheme: str
    scheme_title: str
    application: str
    application_title: str
    desk: str
    department: str
    agency: str
    period: int
    state: str
    state_title: str
    due_on: date | None
    people: tuple[Person, ...]
    has_matters: bool = False

    @property
    def present(self) -> tuple[Person, ...]:
        """Who is still to be told, asked and visited."""
        return tuple(person for person in self.people if not person.has_left)

    @property
    def members(self) -> tuple[Person, ...]:
        """The applicant and who lives with them."""
        return tuple(p for p in self.present if p.role != "obligor")

    @property
    def obligors(self) -> tuple[Person, ...]:
        """赡（抚、扶）养义务人."""
        return tuple(p for p in self.present if p.role == "obligor")


@dataclass(frozen=True)
class Entrusted:
    """Households entrusted together, or about to be: ``letter_number`` may still be empty."""

    agency: str
    department: str
    letter_number: str
    letter_on: date | None
    period: int
    due_on: date | None
    households: tuple[Household, ...]

    @property
    def people(self) -> int:
        """All subjects."""
        return sum(len(household.people) for household in self.households)


@dataclass(frozen=True)
class Ends:
    """How the asked items of one household ended, as counts."""

    hits: int = 0
    no_records: int = 0
    missing: int = 0
    unasked: int = 0

    def __add__(self, other: "Ends") -> "Ends":
        return Ends(
            self.hits + other.hits,
            self.no_records + other.no_records,
            self.missing + other.missing,
            self.unasked + other.unasked,
        )


@dataclass(frozen=True)
class Delivery:
    """One medium for one sharing unit. Its password is never part of it."""

    agency: str
    unit: str
    number: str
    period: int
    made_on: date
    made_by: str
    confirmed_by: str
    households: int
    people: int
    items: int
    reply_term: str
    reply_article: str
    file_name: str
    stamp: str = ""
    media: tuple[tuple[str, str, str], ...] = ()
    """Kind, number and maker's serial of each medium that was registered for it."""


@dataclass(frozen=True)
class FiledPaper:
    """One line of an archive's list of papers; what is not known stays to be written."""

    title: str
    number: str = ""
    day: date | None = None
    pages: int | None = None


@dataclass(frozen=True)
class Archive:
    """A closed case as it is filed; what is empty stays to be written."""

    household: Household
    letter_number: str
    first: date | None
    last: date | None
    papers: tuple[FiledPaper, ...]
    file_number: str = ""
    kept: str = ""
    filed_by: str = ""
    filed_on: date | None = None
    shelf: str = ""
