"""The role with which web server and workers use the database: it owns nothing.

An attacker who takes over such a process can do with rows what the product does, but cannot alter or empty a table, or
rewrite an event. Tables belong to the role that runs `migrate`.
"""

from django.db import connection
from psycopg import sql

ROLE = "loket_app"
APPEND_ONLY = ("casework_event", "enforcement_credentialchange", "enforcement_exemptionchange")
READ_ONLY = ("django_migrations", "django_content_type", "auth_group", "auth_group_permissions", "auth_permission")
"""What `migrate` and `load_reference` fill: which roles there are and what each may do is no row of every day."""
NO_NEW_ROWS = ("accounts_user_user_permissions",)
"""Nobody has a right but by a role."""


def role_exists(role: str) -> bool:
    """Whether the server knows a role of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        return bool(cursor.fetchone()[0])


def make_role(role: str, *, password: str = "") -> None:
    """Make the role, or give it this password; idempotent. Without a password it logs in as the server allows."""
    verb = "ALTER" if role_exists(role) else "CREATE"
    secret = sql.SQL("PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {}").format(
        sql.Identifier(role), secret
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))


def grant_rights(role: str) -> None:
    """Rows of every table to read and write, and nothing else; idempotent, after every migration.

    No temporary tables either: one of the same name hides a table of ours from the triggers that look into it.
    """
    names = {"role": sql.Identifier(role), "database": sql.Identifier(connection.settings_dict["NAME"])}
    statements = [
        "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"REVOKE UPDATE, DELETE ON {table} FROM {{role}}" for table in APPEND_ONLY),
        *(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {{role}}" for table in READ_ONLY),
        *(f"REVOKE INSERT, UPDATE ON {table} FROM {{role}}" for table in NO_NEW_ROWS),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))
