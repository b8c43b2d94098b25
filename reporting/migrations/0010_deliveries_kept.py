"""What others handed in is kept: a correction is a next version, and of a signal only its end comes later."""

from django.db import migrations

VERSIONS = ("returnversion", "sitemonthversion", "mailtopic")
MONTHS = {"monthlyreturn": ("month", "municipality_id"), "sitemonth": ("month",)}


def keep(table: str, trigger: str, function: str) -> migrations.RunSQL:
    """A trigger on each row, and that the table cannot be emptied."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER reporting_{table}_kept BEFORE {trigger} EXECUTE FUNCTION {function};
        CREATE TRIGGER reporting_{table}_not_emptied BEFORE TRUNCATE ON reporting_{table}
            EXECUTE FUNCTION casework_refuse_change();
        """,
        f"""
        DROP TRIGGER reporting_{table}_not_emptied ON reporting_{table};
        DROP TRIGGER reporting_{table}_kept ON reporting_{table};
        """,
    )


def change_of(table: str, columns: tuple[str, ...]) -> str:
    """A change of one of these columns."""
    was, becomes = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"UPDATE ON reporting_{table} FOR EACH ROW WHEN (({was}) IS DISTINCT FROM ({becomes}))"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0021_refuse_change"),
        ("reporting", "0009_moment_from_clock"),
    ]

    operations = [
        *(
            keep(table, f"UPDATE OR DELETE ON reporting_{table} FOR EACH ROW", "casework_refuse_change()")
            for table in VERSIONS
        ),
        *(keep(table, change_of(table, columns), "casework_refuse_change()") for table, columns in MONTHS.items()),
        keep(
            "branchsignal",
            "UPDATE OR DELETE ON reporting_branchsignal FOR EACH ROW",
            "casework_keep_row('replaced_at', 'withdrawn_by_id')",
        ),
    ]
