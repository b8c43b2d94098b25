"""The role with which web server and workers use the database: it owns nothing."""

from django.db import connection
from psycopg import sql

ROLE = "loket_app"
APPEND_ONLY = ("casework_event", "enforcement_credentialchange", "enforcement_exemptionchange")
READ_ONLY = ("django_migrations", "django_content_type", "auth_group", "auth_group_permissions", "auth_permission")
"""What `migrate` and `load_reference` fill: roles and their permissions do not change in daily use."""
NO_NEW_ROWS = ("accounts_user_user_permissions",)
"""Permissions come from roles only."""


def role_exists(role: str) -> bool:
    """Whether the server has a role of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        return bool(cursor.fetchone()[0])


def make_role(role: str, *, password: str = "") -> None:
    """Create the role, or set its password; idempotent. Without a password it logs in as the server allows."""
    verb = "ALTER" if role_exists(role) else "CREATE"
    secret = sql.SQL("PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {}").format(
        sql.Identifier(role), secret
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))


def grant_rights(role: str) -> None:
    """Allow reading and writing rows, and nothing else; idempotent, after every migration."""
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
