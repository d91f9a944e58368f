"""How the household form is laid out: which field stands where, and how wide (in twelfths)."""

from dataclasses import dataclass

from app.intake.columns import BY_KEY, WORDS, Column


@dataclass(frozen=True)
class Cell:
    """One field of the form: the list's column, its width, its look (input, select, figure)."""

    column: Column
    width: int
    look: str = "input"
    choices: str = ""

    @property
    def words(self) -> list[str]:
        """What a select offers."""
        return [word.word for word in WORDS[self.column.key]]


def _cell(key: str, width: int, look: str = "input", choices: str = "") -> Cell:
    return Cell(BY_KEY[key], width, look, choices)


HOUSEHOLD = (
    _cell("household_no", 3),
    _cell("scheme", 3, "select"),
    _cell("application", 2, "select"),
    _cell("actual_region", 4, choices="regions"),
    _cell("registered_region", 4, choices="regions"),
    _cell("authorised_on", 3),
    _cell("authorisation_expires_on", 3),
)

PERSON = (
    _cell("relation", 2, choices="relations"),
    _cell("name", 2),
    _cell("id_type", 2, "select"),
    _cell("id_number", 3),
    _cell("phone", 3),
    _cell("monthly_income", 2, "figure"),
    _cell("deposits", 2, "figure"),
    _cell("houses", 2, "figure"),
    _cell("vehicles", 2, "figure"),
    _cell("businesses", 2, "figure"),
    _cell("subject_role", 2, "select"),
)

OWN = (
    _cell("registered_region", 3, choices="regions"),
    _cell("actual_region", 3, choices="regions"),
    _cell("authorised_on", 2),
    _cell("authorisation_expires_on", 2),
    _cell("consent", 2, "select"),
    _cell("authorisation_scope", 4),
)
"""A person's own, where it is not the household's."""

GUARDIAN = (
    _cell("guardian_name", 3),
    _cell("guardian_relation", 3, choices="relations"),
    _cell("guardian_id_number", 3),
)
