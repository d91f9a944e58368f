"""What is sealed of a person, and how it is shown."""

from dataclasses import dataclass
from typing import Any

from tenants.masking import mask_id_number


@dataclass(frozen=True)
class Identity:
    """The sealed part of a subject row. It is what goes up with a delegation; nothing declared."""

    name: str
    id_type: str
    id_number: str
    phone: str
    registered_region: str
    actual_region: str

    def as_json(self) -> dict[str, Any]:
        """The object to seal."""
        return dict(vars(self))

    @classmethod
    def of(cls, opened: dict[str, Any]) -> "Identity":
        """From an opened object."""
        return cls(**{name: opened[name] for name in cls.__dataclass_fields__})

    @property
    def masked_id_number(self) -> str:
        """The number as screens and reports show it: ``220182********123X``."""
        return mask_id_number(self.id_number)


@dataclass(frozen=True)
class Guardian:
    """Who consents for a minor; ``relation`` is what the guardian is to the minor."""

    name: str
    relation: str
    id_number: str

    def as_json(self) -> dict[str, Any]:
        """The object to seal."""
        return dict(vars(self))

    def as_cells(self) -> dict[str, str]:
        """By the keys of the list's columns."""
        return {f"guardian_{name}": value for name, value in self.as_json().items()}

    @classmethod
    def of(cls, opened: dict[str, Any]) -> "Guardian":
        """From an opened object."""
        return cls(**{name: opened[name] for name in cls.__dataclass_fields__})
