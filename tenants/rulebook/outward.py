"""Types of the rulebook about lists that leave: who gets whom, for what, by which notice."""

from dataclasses import dataclass

WAYS = ("letter", "platform", "unit", "answer")
"""Up the tree to its first agency; from there to the sharing platform; to a sharing unit here; to
whoever asked for it by letter."""

FULLS = ("first", "monthly", "round")
"""When everybody is named and not only what changed: only at first; once every month as well; or
always: each list is of the newest comparison of the insurance that the flow's code names."""

EVERY = {"day": range(1), "week": range(1, 8), "month": range(1, 29)}
"""How often a list is due, and the days on which it can be: of the week (1 is Monday) or of the
month."""

CONFIRMS = ("job", "person")
"""Who confirms a list before it leaves: the daily job that made it, or an operator."""


COLUMNS = (
    *("change", "scheme", "name", "id_number", "household_no", "head", "amount", "township"),
    *("region", "services", "as_of", "why"),
)
"""What may be told of a person, in the order in which a list has it."""


@dataclass(frozen=True)
class Rhythm:
    """How often a list is due, and on which day of the week or month; see ``EVERY``."""

    every: str
    day: int


@dataclass(frozen=True)
class OutwardFlow:
    """A list that leaves: its recipient, the schemes, the rhythm where none is agreed, its purpose,
    and whether the person's authorisation is needed (national notice 2020/95, 2 (4): for checks it
    is)."""

    code: str
    title: str
    recipient: str
    purpose: str
    schemes: tuple[str, ...]
    columns: tuple[str, ...]
    way: str
    full: str
    rhythm: Rhythm
    confirm: str
    working_age_only: bool
    needs_authorisation: bool


@dataclass(frozen=True)
class Retirement:
    """The age (years) at which working age ends, for whom it was put off: those born in or after
    ``deferred_from`` (yyyymm) by a month for each ``months_per_step`` months, ``most_months`` at
    most."""

    age: int
    deferred_from: int
    months_per_step: int
    most_months: int


@dataclass(frozen=True)
class WorkingAge:
    """Who is of working age; until ``premium_until`` years a premium can be paid for somebody in
    the residents' pension insurance."""

    from_age: int
    male: Retirement
    female: Retirement
    premium_until: int
