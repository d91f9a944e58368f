"""A role for the head of the agency: the board, and cases to look at."""

from alembic import op

revision = "0009"
down_revision = "0008"

_DROP = "ALTER TABLE account_role DROP CONSTRAINT ck_account_role_role"
_WITH = """
ALTER TABLE account_role ADD CONSTRAINT ck_account_role_role CHECK (role IN (
  'intake_officer', 'reviewer', 'report_issuer', 'exchange_operator', 'director',
  'system_administrator', 'security_administrator', 'audit_administrator',
  'department_clerk', 'desk_clerk', 'liaison'))
"""
_WITHOUT = """
ALTER TABLE account_role ADD CONSTRAINT ck_account_role_role CHECK (role IN (
  'intake_officer', 'reviewer', 'report_issuer', 'exchange_operator',
  'system_administrator', 'security_administrator', 'audit_administrator',
  'department_clerk', 'desk_clerk', 'liaison'))
"""


def upgrade() -> None:
    """One more role may be held."""
    op.execute(_DROP)
    op.execute(_WITH)


def downgrade() -> None:
    """Only while nobody holds the role."""
    op.execute(_DROP)
    op.execute(_WITHOUT)
