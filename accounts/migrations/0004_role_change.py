"""Who gave whom which role, and who approved it; the database refuses to change or delete what was settled."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION accounts_rolechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.settled_at IS NOT NULL
        OR (OLD.user_id, OLD.direction, OLD.roles, OLD.municipalities, OLD.login, OLD.reason, OLD.proposed_at)
            IS DISTINCT FROM
            (NEW.user_id, NEW.direction, NEW.roles, NEW.municipalities, NEW.login, NEW.reason, NEW.proposed_at)
        OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id
    THEN
        RAISE EXCEPTION 'changes of roles are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_rolechange_append_only BEFORE UPDATE OR DELETE ON accounts_rolechange
    FOR EACH ROW EXECUTE FUNCTION accounts_rolechange_refuse();
"""
ALLOW = """
DROP TRIGGER accounts_rolechange_append_only ON accounts_rolechange;
DROP FUNCTION accounts_rolechange_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_languages"),
    ]

    operations = [
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
        migrations.RunSQL(REFUSE, ALLOW),
    ]
