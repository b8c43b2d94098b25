"""A new start with logging in, for a lost telephone: proposed by one, approved by another, kept as every line."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION accounts_rolechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.settled_at IS NOT NULL
        OR (OLD.user_id, OLD.direction, OLD.roles, OLD.municipalities, OLD.login, OLD.reason, OLD.proposed_at{old})
            IS DISTINCT FROM
            (NEW.user_id, NEW.direction, NEW.roles, NEW.municipalities, NEW.login, NEW.reason, NEW.proposed_at{new})
        OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id
    THEN
        RAISE EXCEPTION 'changes of roles are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_encrypted_second_factors")]

    operations = [
        migrations.AddField(
            model_name="rolechange",
            name="login_reset",
            field=models.BooleanField(default=False, db_default=False, verbose_name="begins anew with logging in"),
        ),
        migrations.RunSQL(
            FUNCTION.format(old=", OLD.login_reset", new=", NEW.login_reset"), FUNCTION.format(old="", new="")
        ),
    ]
