"""Who serves gives no role past the log of roles, and makes nobody who may do everything.

The owner of the tables may: `createsuperuser` and the loading of a demo run as the owner. Forged lines of the log would
still open the door, but they stand in it for good, under two names.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_by_owner(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = relation
$$;

CREATE FUNCTION accounts_role_by_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF accounts_by_owner(TG_RELID) OR coalesce((
        SELECT line.direction = 'give'
        FROM accounts_rolechange AS line JOIN auth_group AS role ON role.name = ANY (line.roles)
        WHERE role.id = NEW.group_id AND line.user_id = NEW.user_id
        AND line.outcome IN ('approved', 'at_once', 'operator')
        ORDER BY line.settled_at DESC, line.id DESC LIMIT 1
    ), false) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a role is given by a settled line of the log of roles' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_user_groups_by_the_log BEFORE INSERT OR UPDATE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_role_by_the_log();

CREATE FUNCTION accounts_everything_by_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT accounts_by_owner(TG_RELID) THEN
        RAISE EXCEPTION 'only the owner of the tables makes somebody who may do everything: run this where migrate runs'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_user_made_by_owner BEFORE INSERT ON accounts_user
    FOR EACH ROW WHEN (NEW.is_superuser) EXECUTE FUNCTION accounts_everything_by_owner();
CREATE TRIGGER accounts_user_raised_by_owner BEFORE UPDATE ON accounts_user
    FOR EACH ROW WHEN (NEW.is_superuser AND NOT OLD.is_superuser) EXECUTE FUNCTION accounts_everything_by_owner();
"""
ALLOW = """
DROP TRIGGER accounts_user_raised_by_owner ON accounts_user;
DROP TRIGGER accounts_user_made_by_owner ON accounts_user;
DROP FUNCTION accounts_everything_by_owner();
DROP TRIGGER accounts_user_groups_by_the_log ON accounts_user_groups;
DROP FUNCTION accounts_role_by_the_log();
DROP FUNCTION accounts_by_owner(oid);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_login_reset")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
