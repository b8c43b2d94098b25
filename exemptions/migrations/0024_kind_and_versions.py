"""A kind is a row, and its versions are rows of another table; what belongs to a kind points at it.

The table of versions keeps its rows and their keys: cases, questions and evidence point at the same ones.
"""

import django.db.models.deletion
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models.functions import Cast, Coalesce

CHECKED = "SET CONSTRAINTS ALL IMMEDIATE"
"""Rows that were written are checked now: a column cannot change while a check is due."""
EVERY_CODE = """
INSERT INTO exemptions_kind (code)
SELECT code FROM exemptions_kindversion UNION SELECT kind_code FROM exemptions_ground WHERE kind_code <> ''
"""
OF_EVERY_KIND = "UPDATE exemptions_ground SET kind_code = NULL WHERE kind_code = ''"
RENAMED = """CASE
    WHEN model = 'exemptions.kind' AND {said} ? 'code'
        THEN {said} - 'code' || jsonb_build_object('kind', {said} -> 'code')
    WHEN model = 'exemptions.ground' AND {said} ? 'kind_code'
        THEN {said} - 'kind_code' || jsonb_build_object('kind', nullif({said} ->> 'kind_code', ''))
    ELSE {said} END"""
LOG = f"""
ALTER TABLE casework_referencechange DISABLE TRIGGER casework_referencechange_append_only;
UPDATE casework_referencechange SET
    model = CASE model WHEN 'exemptions.kind' THEN 'exemptions.kindversion' ELSE model END,
    before = {RENAMED.format(said="before")}, after = {RENAMED.format(said="after")}
WHERE model IN ('exemptions.kind', 'exemptions.ground');
ALTER TABLE casework_referencechange ENABLE TRIGGER casework_referencechange_append_only;
"""  # noqa: S608 -- our own words
"""The log says the same of the same rows; tables and columns are called otherwise."""
RIGHTS = """
UPDATE auth_permission SET codename = codename || 'version'
WHERE codename IN ('view_kind', 'add_kind', 'change_kind', 'delete_kind')
  AND content_type_id IN (SELECT id FROM django_content_type WHERE app_label = 'exemptions')
"""
"""Who may change kinds changes their versions."""


def never_twice_at_once(name, *keys):
    """Of what the keys name together, no two versions hold on one day."""
    texts = [Cast(key, models.TextField()) for key in keys]
    same = [models.Func(text, text, models.Value("[]"), function="text_range") for text in texts]
    days = models.Func("valid_from", "valid_until", function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[(part, "&&") for part in (*same, days)],
        violation_error_message="Another version holds on some of these days.",
    )


KIND_OR_NONE = Coalesce(Cast("kind", models.TextField()), models.Value(""), output_field=models.TextField())


class Migration(migrations.Migration):
    dependencies = (
        ("exemptions", "0023_limits_of_kinds"),
        ("casework", "0019_postal_copy"),
        ("renewals", "0001_renewal"),  # it points at versions, not at the new table of their old name
        ("auth", "0012_alter_user_first_name_max_length"),
        ("zones", "0004_never_twice_at_once"),
    )

    operations = (
        migrations.RunSQL(CHECKED, CHECKED),
        migrations.RemoveConstraint("kind", "kind_one_version_a_day"),
        migrations.RemoveConstraint("kind", "kind_never_twice_at_once"),
        migrations.RemoveConstraint("kind", "kind_holds_for_a_while"),
        migrations.RemoveConstraint("ground", "ground_once_a_day"),
        migrations.RemoveConstraint("ground", "ground_never_twice_at_once"),
        migrations.RenameModel("Kind", "KindVersion"),
        migrations.CreateModel(
            name="Kind",
            fields=[("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code"))],
            options={"verbose_name": "kind", "verbose_name_plural": "kinds", "ordering": ("code",)},
        ),
        migrations.RunSQL(EVERY_CODE, migrations.RunSQL.noop),
        migrations.RenameField("kindversion", "code", "kind"),
        migrations.AlterField(
            "kindversion",
            "kind",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="exemptions.kind",
                verbose_name="code",
            ),
        ),
        migrations.AlterField("ground", "kind_code", models.CharField("kind", max_length=3, blank=True, null=True)),
        migrations.RunSQL(OF_EVERY_KIND, migrations.RunSQL.noop),
        migrations.RenameField("ground", "kind_code", "kind"),
        migrations.AlterField(
            "ground",
            "kind",
            models.ForeignKey(
                blank=True,
                help_text="Empty: for every kind.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grounds",
                to="exemptions.kind",
                verbose_name="kind",
            ),
        ),
        migrations.AlterModelOptions(
            "kindversion",
            {
                "ordering": ("position", "kind_id", "valid_from"),
                "verbose_name": "kind of exemption",
                "verbose_name_plural": "kinds of exemption",
            },
        ),
        migrations.AlterModelOptions(
            "ground",
            {
                "ordering": ("outcome", models.F("kind").asc(nulls_first=True), "code"),
                "verbose_name": "ground",
                "verbose_name_plural": "grounds",
            },
        ),
        migrations.AddConstraint(
            "kindversion", models.UniqueConstraint(fields=["kind", "valid_from"], name="kindversion_once_a_day")
        ),
        migrations.AddConstraint("kindversion", never_twice_at_once("kindversion_never_twice_at_once", "kind")),
        migrations.AddConstraint(
            "kindversion",
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="kindversion_holds_for_a_while",
                violation_error_message="The end must be after the beginning.",
            ),
        ),
        migrations.AddConstraint(
            "ground",
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], name="ground_once_a_day", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint("ground", never_twice_at_once("ground_never_twice_at_once", KIND_OR_NONE, "code")),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    )
