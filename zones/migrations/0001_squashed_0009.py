import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("zones", "0001_zones"),
        ("zones", "0002_zone_boundary"),
        ("zones", "0003_wording"),
        ("zones", "0004_never_twice_at_once"),
        ("zones", "0005_announced_rules"),
        ("zones", "0006_facts_read_again"),
        ("zones", "0007_court_and_policy_rules"),
        ("zones", "0008_municipal_authority"),
        ("zones", "0009_authority_taken_over"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("CREATE TYPE text_range AS RANGE (subtype = text)", "DROP TYPE text_range"),
        migrations.CreateModel(
            name="AccessRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("code", models.CharField(max_length=10, verbose_name="code")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day without access.",
                        null=True,
                        verbose_name="gives access until",
                    ),
                ),
                ("explanation_nl", models.TextField(verbose_name="explanation in Dutch")),
                ("explanation_en", models.TextField(verbose_name="explanation in English")),
                (
                    "category",
                    models.CharField(
                        choices=[("van", "van"), ("truck", "truck")], max_length=10, verbose_name="vehicle"
                    ),
                ),
                (
                    "subtype",
                    models.CharField(
                        blank=True,
                        choices=[("", "any"), ("rigid", "rigid truck"), ("tractor", "tractor unit")],
                        max_length=10,
                        verbose_name="kind of truck",
                    ),
                ),
                (
                    "emission_classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1),
                        help_text="Separated by commas: 0 to 6, or Z for emission-free.",
                        size=None,
                        verbose_name="emission classes",
                    ),
                ),
                ("admitted_from", models.DateField(blank=True, null=True, verbose_name="first registered on or after")),
                ("admitted_before", models.DateField(blank=True, null=True, verbose_name="first registered before")),
                ("allowed", models.BooleanField(verbose_name="gives access")),
                (
                    "status",
                    models.CharField(
                        choices=[("in_force", "in force"), ("superseded", "superseded"), ("announced", "announced")],
                        default="in_force",
                        help_text="An announced rule has no effect yet.",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "announced_on",
                    models.DateField(
                        blank=True,
                        help_text="Only while the law does not say this yet: every page names the announcement and the law, and no letter is based on it alone. Empty it once the change is in the Staatsblad, and give that as the source.",
                        null=True,
                        verbose_name="announced on",
                    ),
                ),
                (
                    "until_by_law",
                    models.DateField(
                        blank=True,
                        help_text="The first day without access as long as the law has not been changed.",
                        null=True,
                        verbose_name="by law, access until",
                    ),
                ),
            ],
            options={
                "verbose_name": "access rule",
                "verbose_name_plural": "access rules",
                "ordering": ("code", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="accessrule_one_version_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="accessrule_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emission_classes__contained_by", ["0", "1", "2", "3", "4", "5", "6", "Z"]),
                            models.Q(("emission_classes", []), _negated=True),
                        ),
                        name="accessrule_emission_classes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("allowed", True), _connector="OR"),
                        name="accessrule_only_access_ends",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="accessrule_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("announced_on", None), ("until_by_law", None)),
                            models.Q(
                                ("announced_on__isnull", False),
                                ("until_by_law__isnull", False),
                                ("until_by_law__lt", models.F("until")),
                            ),
                            _connector="OR",
                        ),
                        name="accessrule_announcement_is_whole",
                        violation_error_message="Of an announced rule, fill in both the day of the announcement and the day by law, which is earlier.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AutomaticExemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("code", models.CharField(max_length=10, verbose_name="code")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day without access.",
                        null=True,
                        verbose_name="gives access until",
                    ),
                ),
                ("explanation_nl", models.TextField(verbose_name="explanation in Dutch")),
                ("explanation_en", models.TextField(verbose_name="explanation in English")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        help_text="van, truck",
                        size=None,
                        verbose_name="vehicles",
                    ),
                ),
                (
                    "minimum_age_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at least this old (years)"),
                ),
                (
                    "below_age_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="younger than (years)"),
                ),
                (
                    "body_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        help_text="Separated by commas, without leading zeros. Having one of the codes is enough.",
                        size=None,
                        verbose_name="body codes",
                    ),
                ),
                (
                    "remark_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        help_text="Separated by commas, without leading zeros. Having one of the codes is enough.",
                        size=None,
                        verbose_name="remark codes",
                    ),
                ),
            ],
            options={
                "verbose_name": "automatic exemption",
                "verbose_name_plural": "automatic exemptions",
                "ordering": ("code", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="automaticexemption_one_version_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="automaticexemption_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("categories__contained_by", ["van", "truck"]), models.Q(("categories", []), _negated=True)
                        ),
                        name="automaticexemption_categories",
                        violation_error_message="Vehicles are: van, truck.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="automaticexemption_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "cbs_code",
                    models.CharField(
                        help_text="GM and four digits, as in GM0344.",
                        max_length=6,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^GM\\d{4}$", "GM and four digits, as in GM0344.")
                        ],
                        verbose_name="CBS code",
                    ),
                ),
                ("fines_from", models.DateField(blank=True, null=True, verbose_name="fines from")),
                (
                    "fines_from_is",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("inferred", "inferred: six months after the start"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="this day is",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "staff",
                    models.ManyToManyField(
                        blank=True,
                        related_name="municipalities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="caseworkers",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cbs_code__regex", "^GM\\d{4}$")), name="municipality_cbs_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MunicipalAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "authority_nl",
                    models.CharField(
                        help_text="In whose name the letters decide.",
                        max_length=200,
                        verbose_name="authority, in Dutch",
                    ),
                ),
                ("authority_en", models.CharField(max_length=200, verbose_name="authority, in English")),
                (
                    "mandate",
                    models.TextField(
                        blank=True,
                        help_text="The decree under which the desk or its own people decide; stands below each decision. Empty: where the desk decides, its own sentence.",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "objection_address",
                    models.TextField(
                        blank=True, help_text="Postal address. Empty: that of the desk.", verbose_name="where to object"
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="Where an applicant reaches a person. Empty: that of the desk.",
                        verbose_name="contact",
                    ),
                ),
                (
                    "court",
                    models.CharField(
                        blank=True,
                        help_text="Of the district in which it has its seat (Awb 8:7), as Midden-Nederland.",
                        max_length=60,
                        verbose_name="district court",
                    ),
                ),
                (
                    "policy_rules",
                    models.CharField(
                        blank=True,
                        help_text="Their name, and where they were published, as a letter says it (Awb 3:47, 4:82).",
                        max_length=300,
                        verbose_name="policy rules",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority of a municipality",
                "verbose_name_plural": "authorities of municipalities",
                "ordering": ("municipality__name", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "valid_from"), name="municipalauthority_one_version_a_day"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="municipalauthority_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="municipalauthority_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "starts_on",
                    models.DateField(
                        help_text="The first day on which the access rules apply here.", verbose_name="starts on"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "boundary",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="A GeoJSON polygon or multipolygon in WGS84; loaded with load_zone_boundaries.",
                        null=True,
                        verbose_name="boundary",
                    ),
                ),
                (
                    "boundary_is_invented",
                    models.BooleanField(
                        default=False,
                        help_text="The page says that this boundary is not reliable.",
                        verbose_name="boundary is invented",
                    ),
                ),
                (
                    "boundary_source",
                    models.CharField(blank=True, max_length=300, verbose_name="source of the boundary"),
                ),
            ],
            options={
                "verbose_name": "zone",
                "verbose_name_plural": "zones",
                "ordering": ("name", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "name", "valid_from"), name="zone_one_version_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="zone_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("name", models.TextField()),
                                    django.db.models.functions.comparison.Cast("name", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="zone_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                ],
            },
        ),
    ]
