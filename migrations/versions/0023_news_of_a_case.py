"""Keep beside a case whether an answer may be newer than its last report."""

from alembic import op

revision = "0023"
down_revision = "0022"

_MADE = """
ALTER TABLE household_case ADD COLUMN has_news boolean NOT NULL DEFAULT true;
UPDATE household_case c SET has_news = false
WHERE c.state = 'reported' AND EXISTS (
  SELECT FROM report r
  WHERE r.agency_id = c.agency_id AND r.case_id = c.id
    AND r.kind = CASE c.origin WHEN 'unit' THEN 'merged' ELSE 'own' END
    AND r.state IN ('issued', 'received') AND r.own_answers >= c.own_answers
    AND (c.origin <> 'unit' OR r.upper_answers >= c.upper_answers));
CREATE INDEX ix_household_case_news ON household_case (agency_id, id)
  WHERE state = 'reported' AND has_news;
CREATE INDEX ix_subject_corrected ON subject (agency_id, case_id)
  WHERE left_reason = 'corrected';
"""


def upgrade() -> None:
    """Every page of a report issuer asks which reported cases got a late answer."""
    op.execute(_MADE)


def downgrade() -> None:
    """Without the mark each reported case is looked at."""
    op.execute("DROP INDEX ix_subject_corrected")
    op.execute("ALTER TABLE household_case DROP COLUMN has_news")
