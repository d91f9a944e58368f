"""The law as data: a file per province, every value with its article."""

from tenants.rulebook.last_days import LastDays, last_days
from tenants.rulebook.loading import load_rulebook, rulebook, rulebooks
from tenants.rulebook.model import (
    AmountKind,
    EvaluationItem,
    Ground,
    InsuranceRule,
    Limits,
    LookLimits,
    Rulebook,
    Scheme,
    SubjectRole,
    Tier,
    Uncounted,
    Value,
)
from tenants.rulebook.windows import Moves, OnRestDay, Stage, Window, Windows, next_period

__all__ = [
    "AmountKind",
    "EvaluationItem",
    "Ground",
    "InsuranceRule",
    "LastDays",
    "Limits",
    "LookLimits",
    "Moves",
    "OnRestDay",
    "Rulebook",
    "Scheme",
    "Stage",
    "SubjectRole",
    "Tier",
    "Uncounted",
    "Value",
    "Window",
    "Windows",
    "last_days",
    "load_rulebook",
    "next_period",
    "rulebook",
    "rulebooks",
]
