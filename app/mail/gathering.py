"""What nobody has read yet, gathered into at most one e-mail for each person and working day."""

import datetime as dt

from sqlalchemy import text

from app.mail.queries import is_on
from app.mail.rules import URGENT_KINDS, is_mailing_time
from app.mail.server import mail_server
from tenants.calendar import business_date, instant, is_working_day
from tenants.database import db

_GATHER = text("""
WITH held AS (
  SELECT account_id, role FROM account_role
  WHERE valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
  UNION
  SELECT account_id, role FROM stand_in
  WHERE valid_from <= :today AND valid_to >= :today AND ended_on IS NULL
), due AS (
  SELECT p.account_id, p.unit_id, p.desk_id, array_agg(DISTINCT n.id ORDER BY n.id) AS notice_ids
  FROM mail_preference p
  JOIN account a ON a.agency_id = p.agency_id AND a.id = p.account_id AND a.is_active
    AND (a.starts_on IS NULL OR a.starts_on <= :today)
    AND (a.ends_on IS NULL OR a.ends_on >= :today)
  JOIN notice n ON n.agency_id = p.agency_id
    AND n.unit_id = p.unit_id AND n.desk_id = p.desk_id AND n.day >= p.since
    AND (n.account_id = 0 OR n.account_id = p.account_id)
    AND (n.role = '' OR EXISTS (SELECT FROM held h
           WHERE h.account_id = p.account_id AND h.role = n.role))
    AND (p.wants = 'all' OR n.kind = ANY(:urgent))
  WHERE p.wants <> 'nothing' AND p.confirmed_at IS NOT NULL AND p.refused_at IS NULL
    AND NOT EXISTS (SELECT FROM notice_read r WHERE r.agency_id = n.agency_id
          AND r.notice_id = n.id AND r.account_id = p.account_id)
    AND NOT EXISTS (SELECT FROM mail m WHERE m.agency_id = p.agency_id
          AND m.account_id = p.account_id AND n.id = ANY(m.notice_ids))
  GROUP BY p.account_id, p.unit_id, p.desk_id
), made AS (
  INSERT INTO mail (account_id, unit_id, desk_id, kind, day, notice_ids, recorded_at)
  SELECT account_id, unit_id, desk_id, 'digest', :today, notice_ids, :now FROM due
  ON CONFLICT DO NOTHING
  RETURNING agency_id, id, unit_id, desk_id, account_id
), posted AS (
  INSERT INTO job (agency_id, kind, payload, unit_id, desk_id, account_id, recorded_at, run_at)
  SELECT agency_id, 'mail.send', jsonb_build_object('mail_id', id), unit_id, desk_id, account_id,
         :now, :now
  FROM made RETURNING 1
)
SELECT count(*) FROM posted
""")


def gather(now: dt.datetime | None = None) -> int:
    """Make today's e-mails of the agency in scope and post their sending; returns how many.

    Again on the same day makes none for those who had one. What somebody read meanwhile, or was
    told by e-mail before, is left out.
    """
    now, today = now or instant(), business_date()
    if mail_server() is None or not is_on():
        return 0
    if not (is_working_day(today) and is_mailing_time(now)):
        return 0
    values = {"today": today, "now": now, "urgent": list(URGENT_KINDS)}
    return int(db.session.execute(_GATHER, values).scalar_one())
