import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEEP = """
-- Whether the present role owns the tables: `migrate`, `createsuperuser` and the loading of a demo run so.
CREATE FUNCTION accounts_by_owner(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = relation
$$;

-- Who serves makes nobody who may do everything.
CREATE FUNCTION accounts_everything_by_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT accounts_by_owner(TG_RELID) THEN
        RAISE EXCEPTION 'only the owner of the tables makes somebody who may do everything: run this where migrate runs'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Who serves gives no role past the log of roles.
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

-- TRUNCATE touches no row, so it has a guard of its own.
CREATE FUNCTION accounts_rolechange_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of roles is kept' USING ERRCODE = 'restrict_violation';
END $$;

-- What was proposed is never rewritten, and what was settled stays settled.
CREATE FUNCTION accounts_rolechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.settled_at IS NOT NULL
        OR (OLD.user_id, OLD.direction, OLD.roles, OLD.municipalities, OLD.login, OLD.reason, OLD.proposed_at, OLD.login_reset)
            IS DISTINCT FROM
            (NEW.user_id, NEW.direction, NEW.roles, NEW.municipalities, NEW.login, NEW.reason, NEW.proposed_at, NEW.login_reset)
        OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id
    THEN
        RAISE EXCEPTION 'changes of roles are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER accounts_rolechange_append_only BEFORE DELETE OR UPDATE ON accounts_rolechange
    FOR EACH ROW EXECUTE FUNCTION accounts_rolechange_refuse();
CREATE TRIGGER accounts_rolechange_not_emptied BEFORE TRUNCATE ON accounts_rolechange
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_rolechange_not_emptied();
CREATE TRIGGER accounts_user_groups_by_the_log BEFORE INSERT OR UPDATE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_role_by_the_log();
CREATE TRIGGER accounts_user_made_by_owner BEFORE INSERT ON accounts_user
    FOR EACH ROW WHEN (NEW.is_superuser) EXECUTE FUNCTION accounts_everything_by_owner();
CREATE TRIGGER accounts_user_raised_by_owner BEFORE UPDATE ON accounts_user
    FOR EACH ROW WHEN (NEW.is_superuser AND (NOT OLD.is_superuser)) EXECUTE FUNCTION accounts_everything_by_owner();
"""
LET_GO = """
DROP FUNCTION accounts_by_owner(oid) CASCADE;
DROP FUNCTION accounts_everything_by_owner() CASCADE;
DROP FUNCTION accounts_role_by_the_log() CASCADE;
DROP FUNCTION accounts_rolechange_not_emptied() CASCADE;
DROP FUNCTION accounts_rolechange_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_user"),
        ("accounts", "0002_mail_choices"),
        ("accounts", "0003_languages"),
        ("accounts", "0004_role_change"),
        ("accounts", "0005_wording"),
        ("accounts", "0006_role_changes_not_emptied"),
        ("accounts", "0007_encrypted_second_factors"),
        ("accounts", "0008_login_reset"),
        ("accounts", "0009_roles_by_the_log"),
        ("accounts", "0010_function"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="email address")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("en", "English"),
                            ("de", "Deutsch"),
                            ("fr", "Français"),
                            ("pl", "Polski"),
                        ],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may log in")),
                ("is_staff", models.BooleanField(default=False, verbose_name="works at the desk")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="registered on")),
                ("mail_expiry", models.BooleanField(default=True, verbose_name="email when an exemption ends")),
                ("mail_progress", models.BooleanField(default=False, verbose_name="email about progress")),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        help_text="Stands under the decisions that this person takes. Empty: what their role is called.",
                        max_length=100,
                        verbose_name="function",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_any_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("give", "gives"), ("take", "takes away")], max_length=4, verbose_name="direction"
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="roles",
                    ),
                ),
                (
                    "municipalities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="municipalities",
                    ),
                ),
                ("login", models.BooleanField(default=False, verbose_name="may log in")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed on")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("at_once", "carried out at once"),
                            ("operator", "by the operator"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="about",
                    ),
                ),
                (
                    "login_reset",
                    models.BooleanField(db_default=False, default=False, verbose_name="begins anew with logging in"),
                ),
            ],
            options={
                "verbose_name": "change of roles",
                "verbose_name_plural": "changes of roles",
                "ordering": ("-proposed_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)), fields=("user",), name="rolechange_one_waits_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("proposed_by", None),
                                models.Q(("proposed_by", models.F("user")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("settled_by", None),
                                models.Q(("settled_by", models.F("user")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="rolechange_never_for_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("direction", "give"),
                                ("outcome", ""),
                                ("proposed_by__isnull", False),
                                ("settled_at", None),
                                ("settled_by", None),
                            ),
                            models.Q(
                                ("direction", "give"),
                                ("outcome__in", ("approved", "declined")),
                                ("settled_at__isnull", False),
                                ("proposed_by__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                            ),
                            models.Q(
                                ("direction", "give"),
                                ("outcome", "withdrawn"),
                                ("settled_at__isnull", False),
                                ("settled_by", models.F("proposed_by")),
                                ("settled_by__isnull", False),
                            ),
                            models.Q(
                                ("direction", "take"),
                                ("outcome", "at_once"),
                                ("proposed_by__isnull", False),
                                ("settled_at__isnull", False),
                                ("settled_by", None),
                            ),
                            models.Q(
                                ("outcome", "operator"),
                                ("proposed_by", None),
                                ("settled_at__isnull", False),
                                ("settled_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="rolechange_two_pairs_of_eyes",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
