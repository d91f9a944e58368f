"""The statements behind 待我办理: for each kind of work what waits, one row for each line."""

from sqlalchemy import text

# Households per entrustment: who entrusted, what, and what happened last.
DESK_CASES = text("""
SELECT w.*, e.number, e.period, coalesce(u.name, a.name) AS sender, last.action,
       last.account_id AS by, last.day AS on
FROM (
  SELECT c.entrustment_id AS ref, min(c.due_on) AS due_on, count(*) AS households,
         sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes, max(c.id) AS sample
  FROM household_case c
  WHERE c.state = :state
    AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = c.agency_id
                    AND d.case_id = c.id AND d.account_id = :me AND d.step <> :step)
  GROUP BY c.entrustment_id ORDER BY min(c.due_on), c.entrustment_id LIMIT :most
) w
JOIN entrustment e ON e.id = w.ref
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN agency a ON a.id = e.from_agency_id
LEFT JOIN LATERAL (
  SELECT v.action, v.account_id, v.day FROM event v
  WHERE v.machine = 'case' AND v.object_id = w.sample ORDER BY v.id DESC LIMIT 1
) last ON true
""")

LAST_EVENTS = text("""
SELECT DISTINCT ON (v.object_id) v.object_id AS sample, v.action, v.account_id AS by, v.day AS on
FROM event v WHERE v.machine = 'case' AND v.object_id = ANY(:samples)
ORDER BY v.object_id, v.id DESC
""")

ENTRUSTMENTS = text("""
SELECT e.id AS ref, e.number, e.period, coalesce(u.name, a.name) AS sender
FROM entrustment e
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN agency a ON a.id = e.from_agency_id
WHERE e.id = ANY(:refs)
""")

PREPARED = text("""
SELECT c.desk_id AS ref, '' AS number, min(c.period) AS period, coalesce(min(u.name), '') AS sender,
       NULL::date AS due_on, count(*) AS households, sum(c.size) AS people,
       array_agg(DISTINCT c.scheme) AS schemes
FROM household_case c LEFT JOIN unit u ON u.id = c.desk_id
WHERE c.state = 'prepared' GROUP BY c.desk_id ORDER BY c.desk_id LIMIT :most
""")

DRAFTED = text("""
SELECT d.id AS ref, '' AS number, 0 AS period, '' AS sender, NULL::date AS due_on
FROM household_draft d WHERE d.account_id = :me ORDER BY d.id LIMIT :most
""")

RETURNED = text("""
SELECT e.id AS ref, e.number, e.period, '' AS sender, min(c.due_on) AS due_on,
       count(*) AS households, sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes
FROM household_case c JOIN entrustment e ON e.id = c.entrustment_id
WHERE c.state = 'returned' GROUP BY e.id, e.number, e.period ORDER BY min(c.due_on) LIMIT :most
""")

ADDITIONS = text("""
SELECT x.id AS ref, e.number, c.period, coalesce(u.name, '') AS sender, c.due_on,
       1 AS households, ARRAY[c.scheme] AS schemes, x.recorded_by AS by,
       'propose_' || x.kind AS action,
       last.day AS on
FROM addition x JOIN household_case c ON c.agency_id = x.agency_id AND c.id = x.case_id
LEFT JOIN entrustment e ON e.id = c.entrustment_id
LEFT JOIN unit u ON u.id = coalesce(nullif(c.desk_id, 0), c.unit_id)
LEFT JOIN LATERAL (
  SELECT v.day FROM event v WHERE v.machine = 'case' AND v.object_id = x.case_id
    AND v.action = 'propose_' || x.kind ORDER BY v.id DESC LIMIT 1
) last ON true
WHERE x.state = 'proposed' AND x.recorded_by <> :me
  AND NOT EXISTS (SELECT FROM case_duty d WHERE d.agency_id = x.agency_id
    AND d.case_id = x.case_id AND d.account_id = :me AND d.step <> 'intake_check')
ORDER BY c.due_on, x.id LIMIT :most
""")

MERGED = text("""
SELECT e.id AS ref, e.number, e.period, '' AS sender, NULL::date AS due_on, count(*) AS households,
       sum(c.size) AS people, array_agg(DISTINCT c.scheme) AS schemes, max(r.issued_on) AS on,
       max(r.id) AS sample, 'issue' AS action
FROM report r
JOIN household_case c ON c.id = r.case_id
JOIN entrustment e ON e.id = c.entrustment_id
WHERE r.kind = 'merged' AND r.state = 'issued' GROUP BY e.id, e.number, e.period
ORDER BY e.id LIMIT :most
""")

# A desk's households are entrusted by its department: the desk itself does not see the letter.
MATTERS = text("""
SELECT c.entrustment_id AS ref, e.number, c.period, coalesce(min(u.name), '') AS sender,
       min(m.due_on) AS due_on, count(DISTINCT c.id) AS households,
       array_agg(DISTINCT c.scheme) AS schemes
FROM matter m JOIN household_case c ON c.id = m.case_id
LEFT JOIN entrustment e ON e.id = c.entrustment_id
LEFT JOIN unit u ON u.id = coalesce(nullif(c.desk_id, 0), c.unit_id)
WHERE CASE WHEN :signing
  THEN (m.state = 'explained' OR m.state = 'open' AND m.due_on < :today)
    AND NOT EXISTS (SELECT FROM explanation x WHERE x.agency_id = m.agency_id
                    AND x.matter_id = m.id AND x.account_id = :me)
  ELSE m.state = 'open' END
GROUP BY c.entrustment_id, e.number, c.period
ORDER BY min(m.due_on), c.entrustment_id LIMIT :most
""")

_OBJECTIONS = """
SELECT o.id AS ref, o.number, c.period, coalesce(u.name, a.name) AS sender, o.due_on,
       1 AS households, ARRAY[c.scheme] AS schemes
FROM objection o JOIN household_case c ON c.agency_id = o.agency_id AND c.id = o.case_id
LEFT JOIN unit u ON u.id = coalesce(nullif(c.desk_id, 0), c.unit_id)
LEFT JOIN agency a ON a.id = o.from_agency_id
WHERE """
_SOONEST = " ORDER BY o.due_on, o.id LIMIT :most"

MATCHES = text(_OBJECTIONS + "o.state = 'lodged'" + _SOONEST)

RECHECKS = text(
    _OBJECTIONS
    + """o.state IN ('taken', 'rechecking')
  AND NOT EXISTS (SELECT FROM ask k WHERE o.state = 'rechecking'
    AND k.agency_id = o.agency_id AND k.case_id = o.case_id AND k.is_open
    AND k.subject_id = o.subject_id AND (k.source = o.source_unit_id
      OR k.source > 0 AND o.finding_id = 0 AND o.from_agency_id <> 0))"""
    + _SOONEST
)

DISPUTED = text(
    _OBJECTIONS
    + """o.state = 'disputed'
  AND NOT EXISTS (SELECT FROM objection_duty d WHERE d.agency_id = o.agency_id
    AND d.objection_id = o.id AND d.account_id = :me AND d.step = 'handle')"""
    + _SOONEST
)

TO_TELL = text(_OBJECTIONS + "o.state IN ('concluded', 'settled')" + _SOONEST)

LETTERS = text("""
SELECT l.id AS ref, l.lane, l.number, l.period, p.name AS sender, x.households, x.people
FROM letter_out l JOIN agency p ON p.id = l.parent_id
CROSS JOIN LATERAL (
  SELECT count(DISTINCT a.case_id) AS households, count(DISTINCT a.subject_id) AS people
  FROM ask a WHERE a.agency_id = l.agency_id AND a.letter_id = l.id
) x
WHERE l.state = 'prepared' AND x.households > 0 ORDER BY l.period LIMIT :most
""")

DRAFTS = text("""
SELECT q.id AS ref, q.lane, q.number, q.period, u.name AS sender, x.households, x.people
FROM exchange_request q JOIN unit u ON u.id = q.unit_id
CROSS JOIN LATERAL (
  SELECT count(DISTINCT a.case_id) AS households, count(DISTINCT a.subject_id) AS people
  FROM ask a WHERE a.agency_id = q.agency_id AND a.request_id = q.id
) x
WHERE q.state = 'draft' AND x.households > 0 ORDER BY q.period, q.id LIMIT :most
""")

# The kinds differ in the state that waits, and in whose work it is.
REQUESTS = text("""
SELECT k.kind, w.* FROM unnest(CAST(:kinds AS text[])) AS k (kind) CROSS JOIN LATERAL (
  SELECT q.id AS ref, q.lane, q.number, q.period, u.name AS sender, q.subjects AS people, q.due_on,
         CASE q.state WHEN 'made' THEN 'make' WHEN 'confirmed' THEN 'confirm' ELSE 'deliver' END
           AS action,
         CASE q.state WHEN 'made' THEN q.made_by WHEN 'confirmed' THEN q.confirmed_by END AS by,
         CASE q.state WHEN 'made' THEN q.made_on WHEN 'confirmed' THEN q.made_on
           ELSE q.delivered_on END AS on
  FROM exchange_request q JOIN unit u ON u.id = q.unit_id
  WHERE q.state = CASE k.kind WHEN 'confirm' THEN 'made' WHEN 'deliver' THEN 'confirmed'
                              WHEN 'take' THEN 'confirmed' ELSE 'delivered' END
    AND (k.kind <> 'confirm' OR q.made_by <> :me)
    AND (k.kind = 'confirm' OR q.way <> 'store')
    AND (k.kind <> 'overdue' OR q.due_on < :today)
    AND NOT (q.state = 'delivered' AND EXISTS (
      SELECT FROM reply r WHERE r.agency_id = q.agency_id AND r.request_id = q.id
        AND r.state IN ('received', 'unread', 'checked', 'accepted_once') AND r.missing = 0))
  ORDER BY q.due_on, q.id LIMIT :most
) w
""")

# One line for all that somebody is asked to explain; a unit reads nothing else of what is seldom.
OWN_LOOKS = text("""
SELECT min(i.id) AS ref, '' AS number, 0 AS period, '' AS sender, count(*)::int AS people,
       min(i.due_on) AS due_on
FROM inspection_item i WHERE i.state = 'asked' AND i.account_id = :me HAVING count(*) > 0
""")

# Who is not insured and is due to be seen to, or has a reason that somebody else confirms.
INSURANCE = text("""
SELECT CASE WHEN t.has_reason THEN 'insurance_reason' ELSE 'insurance' END AS kind,
       NULL::bigint AS ref, t.insurance AS title, '' AS number, 0 AS period, '' AS sender,
       min(t.next_due) AS due_on, count(*) AS people
FROM insurance_task t
WHERE t.closed_on IS NULL AND CASE WHEN t.has_reason THEN t.step_by <> :me
  ELSE t.next_due <= :today END
GROUP BY t.has_reason, t.insurance ORDER BY t.has_reason, t.insurance LIMIT :most
""")

# What waits seldom, read together: one line of each kind costs one statement for all of them.
SELDOM = text("""
(SELECT 'destroy' AS kind, m.id AS ref, m.label AS number, q.period, u.name AS sender,
        NULL::int AS people, NULL::date AS due_on, s.account_id AS by, s.done_on AS on,
        s.step AS action, NULL::int AS item, NULL::text AS title, NULL::date AS as_of
 FROM medium m
 JOIN exchange_request q ON q.id = m.request_id JOIN unit u ON u.id = m.unit_id
 CROSS JOIN LATERAL (
   SELECT c.account_id, c.done_on, c.step FROM custody_step c
   WHERE c.agency_id = m.agency_id AND c.medium_id = m.id AND c.step <> 'password_told'
   ORDER BY c.id DESC LIMIT 1
 ) s
 WHERE m.ended_on IS NULL AND (q.state = 'stopped' OR EXISTS (
   SELECT FROM custody_step c WHERE c.agency_id = m.agency_id AND c.medium_id = m.id
     AND c.step = 'received_back'))
 ORDER BY m.id LIMIT :most)
UNION ALL
(SELECT 'inquiry', i.id, '', 0, u.name, i.lines, i.due_on, NULL, i.received_on, '',
        NULL, NULL, NULL
 FROM inquiry i JOIN unit u ON u.id = i.unit_id
 WHERE i.answered_at IS NULL AND i.due_on IS NOT NULL ORDER BY i.due_on, i.id LIMIT :most)
UNION ALL
(SELECT 'filing', f.unit_id, f.name, 0, u.name, NULL, f.valid_from, NULL, NULL, '',
        NULL, NULL, NULL
 FROM filing f JOIN unit u ON u.agency_id = f.agency_id AND u.id = f.unit_id
 WHERE f.confirmed_by IS NULL AND NOT f.is_void AND f.filed_by <> :me AND f.account_id <> :me
 ORDER BY f.valid_from, f.id LIMIT :most)
UNION ALL
(SELECT 'stored', l.id, '', 0, u.name, l.persons, NULL, l.loaded_by, l.as_of,
        CASE WHEN l.read_at IS NULL THEN 'ask_columns' ELSE '' END, l.item, NULL, l.as_of
 FROM returned_load l JOIN unit u ON u.id = l.unit_id
 WHERE l.ended_why = '' AND l.confirmed_at IS NULL
   AND (l.read_at IS NULL AND l.wants_columns OR l.read_at IS NOT NULL AND l.loaded_by <> :me)
 ORDER BY l.id LIMIT :most)
UNION ALL
(SELECT 'registered', l.id, '', 0, u.name, l.persons, NULL, l.loaded_by, l.exported_at::date,
        CASE WHEN l.read_at IS NULL THEN 'ask_columns' ELSE '' END, NULL, l.scheme,
        l.exported_at::date
 FROM register_load l JOIN unit u ON u.agency_id = l.agency_id AND u.id = l.unit_id
 WHERE l.ended_why = '' AND l.confirmed_at IS NULL
   AND (l.read_at IS NULL AND l.wants_columns OR l.read_at IS NOT NULL AND l.loaded_by <> :me)
 ORDER BY l.id LIMIT :most)
UNION ALL
(SELECT 'letter_inquiry', i.id, i.number, 0, u.name, i.lines, i.due_on, NULL, i.received_on, '',
        NULL, NULL, NULL
 FROM letter_inquiry i JOIN unit u ON u.agency_id = i.agency_id AND u.id = i.unit_id
 WHERE i.handed_on IS NULL AND i.void_on IS NULL
   AND (i.drafted_by IS NULL OR i.drafted_by <> :me OR i.confirmed_at IS NOT NULL)
 ORDER BY i.due_on, i.id LIMIT :most)
UNION ALL
(SELECT 'outward', l.id, l.number, 0, coalesce(u.name, ''), l.total, NULL, NULL, l.made_on, '',
        NULL, NULL, NULL
 FROM outward_list l LEFT JOIN unit u ON u.agency_id = l.agency_id AND u.id = l.unit_id
 WHERE l.ended_why = '' AND (
   l.sent_on IS NULL AND (l.confirmed_at IS NULL OR l.confirmed_by <> :me)
   OR l.received <> l.total AND l.explanation = '')
 ORDER BY l.id LIMIT :most)
UNION ALL
(SELECT 'own_item', o.item, '', 0, o.law_title, NULL, NULL, o.recorded_by, NULL, '', o.item,
        o.title, NULL
 FROM own_item o
 WHERE o.confirmed_at IS NULL AND NOT o.is_void AND o.recorded_by <> :me
 ORDER BY o.item LIMIT :most)
UNION ALL
(SELECT CASE i.state WHEN 'proposed' THEN 'integrity_confirm'
          WHEN 'confirmed' THEN 'integrity_serve' ELSE 'integrity_decide' END,
        i.id, i.number, 0, i.authority, NULL, i.answer_by, NULL, NULL, '', NULL, NULL, NULL
 FROM integrity_entry i
 WHERE i.state = 'confirmed'
    OR i.state = 'proposed' AND i.entered_by <> :me
    OR i.state = 'suspended' AND i.entered_by <> :me AND i.confirmed_by <> :me
    OR i.state = 'withdrawn' AND EXISTS (SELECT FROM integrity_dispatch d
      WHERE d.agency_id = i.agency_id AND d.entry_id = i.id AND d.kind = 'disclosed'
        AND NOT EXISTS (SELECT FROM integrity_dispatch w
          WHERE w.agency_id = d.agency_id AND w.entry_id = d.entry_id
            AND w.recipient = d.recipient AND w.kind = 'withdrawn'))
 ORDER BY i.answer_by, i.id LIMIT :most)
UNION ALL
(SELECT CASE t.state WHEN 'registered' THEN 'tip_assign' WHEN 'assigned' THEN 'tip_handle'
          ELSE 'tip_close' END,
        t.id, t.number, 0, '', NULL, t.due_on, NULL, NULL, '', NULL, NULL, NULL
 FROM tip_off t
 WHERE t.state IN ('registered', 'assigned', 'handled')
   AND (t.state <> 'assigned' OR t.handler_id = :me)
   AND NOT EXISTS (SELECT FROM tip_off_duty d WHERE d.agency_id = t.agency_id
     AND d.tip_off_id = t.id AND d.account_id = :me
     AND (d.step IN ('accused', 'involved') OR d.step = 'handle' AND t.state = 'handled'))
 ORDER BY t.due_on, t.id LIMIT :most)
UNION ALL
(SELECT 'explain_look', min(i.id), '', 0, '', count(*)::int, min(i.due_on), NULL, NULL, '',
        NULL, NULL, NULL
 FROM inspection_item i WHERE i.state = 'asked' AND i.account_id = :me HAVING count(*) > 0)
UNION ALL
(SELECT CASE x.state WHEN 'visited' THEN 'temporary_check' WHEN 'determining'
          THEN 'temporary_decide' ELSE 'temporary_pay' END,
        x.id, x.number, 0, u.name, 1, NULL, NULL, NULL, '', NULL, NULL, NULL
 FROM temporary_application x JOIN unit u ON u.agency_id = x.agency_id AND u.id = x.desk_id
 WHERE x.state IN ('visited', 'granted', 'returned')
   OR x.state = 'determining' AND NOT EXISTS (SELECT FROM temporary_verdict v
     WHERE v.agency_id = x.agency_id AND v.application_id = x.id AND v.side = 'civil')
     AND NOT EXISTS (SELECT FROM temporary_check k WHERE k.agency_id = x.agency_id
       AND k.application_id = x.id AND k.account_id = :me)
 ORDER BY x.id LIMIT :most)
""")

TEMPORARY_VISITS = text("""
SELECT x.id AS ref, x.number, 0 AS period, '' AS sender, NULL::date AS due_on, 1 AS people
FROM temporary_application x WHERE x.state = 'applied' ORDER BY x.id LIMIT :most
""")

TEMPORARY_REFERRALS = text("""
SELECT r.id AS ref, r.number, 0 AS period, '' AS sender, NULL::date AS due_on, 1 AS people
FROM temporary_referral r
WHERE r.outcome = '' AND NOT EXISTS (SELECT FROM temporary_verdict v
  WHERE v.agency_id = r.agency_id AND v.application_id = r.application_id)
ORDER BY r.id LIMIT :most
""")

PAPERS = text("""
SELECT p.id AS ref, q.number, q.period, u.name AS sender, q.subjects AS people, q.due_on
FROM paper_reply p JOIN exchange_request q ON q.id = p.request_id JOIN unit u ON u.id = p.unit_id
WHERE p.reply_id IS NULL AND p.discarded_on IS NULL
  AND (p.second_done_at IS NOT NULL AND p.first_done_at IS NOT NULL
    OR p.first_by = :me AND p.first_done_at IS NULL
    OR p.first_by <> :me AND p.second_done_at IS NULL AND coalesce(p.second_by, :me) = :me)
ORDER BY p.id LIMIT :most
""")

OWN_FILINGS = text("""
SELECT f.id AS ref, f.name AS number, 0 AS period, '' AS sender, f.valid_from AS due_on
FROM filing f WHERE f.confirmed_by IS NULL AND NOT f.is_void AND f.side = 'agency'
ORDER BY f.valid_from, f.id LIMIT :most
""")

UNREAD_REPLIES = text("""
SELECT r.id AS ref, q.number, q.period, r.part, u.name AS sender, q.subjects AS people,
       'ask_columns' AS action, r.received_by AS by, r.received_on AS on
FROM reply r JOIN exchange_request q ON q.id = r.request_id JOIN unit u ON u.id = r.unit_id
WHERE r.state = 'unread' ORDER BY r.id LIMIT :most
""")

REPLIES = text("""
SELECT r.id AS ref, q.number, q.period, r.part, u.name AS sender, q.subjects AS people,
       CASE r.state WHEN 'checked' THEN 'pass_check' ELSE 'accept_first' END AS action,
       coalesce(r.first_by, r.received_by) AS by, r.received_on AS on
FROM reply r JOIN exchange_request q ON q.id = r.request_id JOIN unit u ON u.id = r.unit_id
WHERE r.state = 'checked' OR (r.state = 'accepted_once' AND r.first_by <> :me)
ORDER BY r.id LIMIT :most
""")
