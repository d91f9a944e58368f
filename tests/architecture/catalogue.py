"""What the database says of itself: relations, policies, grants, indexes, roles."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, text

_OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

RELATIONS = f"""
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relispartition,
       c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, r.rolname AS owner,
       coalesce(c.reloptions, '{{}}') AS options
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.oid = c.relowner
WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') ORDER BY c.relname
"""

POLICIES = """
SELECT c.relname AS "table", p.polname AS name, p.polcmd AS command, p.polpermissive AS permissive,
       ARRAY(SELECT CASE WHEN o = 0 THEN 'PUBLIC' ELSE o::regrole::text END
             FROM unnest(p.polroles) o ORDER BY 1) AS roles,
       pg_get_expr(p.polqual, p.polrelid) AS using,
       pg_get_expr(p.polwithcheck, p.polrelid) AS checks
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
"""

GRANTS = f"""
SELECT c.relname AS "table", '' AS column, a.grantor::regrole::text AS grantor,
       CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee,
       a.privilege_type AS verb, a.is_grantable
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
WHERE {_OURS} AND a.grantee <> c.relowner
UNION ALL
SELECT c.relname, t.attname, a.grantor::regrole::text,
       CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
       a.privilege_type, a.is_grantable
FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(t.attacl) a
WHERE {_OURS} AND a.grantee <> c.relowner
"""

INDEXES = f"""
SELECT c.relname AS "table", i.relname AS name, x.indisprimary AS is_primary,
       (SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = x.indrelid AND a.attnum = x.indkey[0]) AS first
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
"""

COLUMNS = f"""
SELECT c.relname AS "table", a.attname AS name, t.typname AS type,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS expression
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE {_OURS} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""

FOREIGN_KEYS = f"""
SELECT c.relname AS "table", k.conname AS name, f.relname AS target,
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY o) AS columns,
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY o) AS targets
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'f' AND {_OURS}
"""

CHECKS = f"""
SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c' AND {_OURS}
"""

FUNCTIONS = f"""
SELECT p.proname AS name, p.prosrc AS source, p.prosecdef AS is_definer
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_OURS}
"""

TYPES = f"""
SELECT t.typname AS name, t.typtype AS kind FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {_OURS} AND t.typtype IN ('e', 'd', 'r')
"""

OTHER_CODE = f"""
SELECT 'trigger ' || t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND {_OURS}
UNION ALL
SELECT 'rule ' || r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND {_OURS}
"""

ROLES = """
SELECT r.rolname AS name, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
       r.rolcanlogin, r.rolreplication, r.rolbypassrls,
       ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m
             WHERE m.member = r.oid ORDER BY 1) AS member_of,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.admin_option) AS admin,
       has_schema_privilege(r.oid, 'public', 'CREATE') AS may_create
FROM pg_roles r WHERE r.rolname LIKE 'hedui%'
"""

SCHEMA_GRANTS = f"""
SELECT n.nspname AS schema, CASE WHEN a.grantee = 0 THEN 'PUBLIC'
       ELSE a.grantee::regrole::text END AS grantee, a.privilege_type AS verb
FROM pg_namespace n, aclexplode(n.nspacl) a WHERE {_OURS} AND a.grantee <> n.nspowner
"""


@contextmanager
def as_owner(url: str) -> Iterator[Connection]:
    """A connection of the owner, which no policy binds; committed at the end."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def rows(connection: Connection, query: str) -> list[Any]:
    return list(connection.execute(text(query)))


def squeezed(expression: str | None) -> str:
    """An expression without what PostgreSQL adds when it prints one: casts, brackets, blanks."""
    bare = (expression or "").replace("::text", "").replace("(", "").replace(")", "")
    return re.sub(r"\s+", " ", bare).strip()
