"""Changes by two people: a proposal is never rewritten, and what was settled stays settled."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION casework_referencechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.outcome = '' AND
        to_jsonb(NEW) - ARRAY['outcome', 'settled_by_id', 'settled_at', 'remark', 'written'] =
        to_jsonb(OLD) - ARRAY['outcome', 'settled_by_id', 'settled_at', 'remark', 'written']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'changes of settings and rules are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_referencechange_append_only BEFORE UPDATE OR DELETE ON casework_referencechange
    FOR EACH ROW EXECUTE FUNCTION casework_referencechange_refuse();
"""
ALLOW = """
DROP TRIGGER casework_referencechange_append_only ON casework_referencechange;
DROP FUNCTION casework_referencechange_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_letter_plate"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="policy",
            name="explanation",
        ),
        migrations.CreateModel(
            name="ReferenceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "model",
                    models.CharField(help_text="The table, as casework.policy.", max_length=60, verbose_name="about"),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="What every version of it shares: a name, a code.",
                        max_length=200,
                        verbose_name="which",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("add", "new"),
                            ("version", "new version"),
                            ("end", "end"),
                            ("cancel", "taken back before it begins"),
                        ],
                        max_length=10,
                        verbose_name="change",
                    ),
                ),
                ("replaces", models.BigIntegerField(blank=True, null=True, verbose_name="version that it is about")),
                (
                    "before",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="as it was",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="as it becomes",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("reason", models.TextField(verbose_name="reason")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "waits for a second person"),
                            ("published", "published"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn by its maker"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="why not")),
                ("written", models.BigIntegerField(blank=True, null=True, verbose_name="version that was written")),
                (
                    "proposed_by",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "change to settings and rules",
                "verbose_name_plural": "changes to settings and rules",
                "ordering": ("-proposed_at", "-pk"),
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["model", "key"], name="referencechange_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("outcome", "withdrawn"),
                                ("settled_at__isnull", False),
                                ("settled_by", models.F("proposed_by")),
                            ),
                            models.Q(
                                ("outcome__in", ("published", "declined")),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referencechange_two_pairs_of_eyes",
                    )
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
