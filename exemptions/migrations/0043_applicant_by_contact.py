"""The desk finds an applicant by any part of name, address, mail address or phone.

The embedded PostgreSQL has no `pg_trgm`: the trigrams of a text are an array, and an index of arrays finds them.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models.functions import Concat, Replace, Upper

TRIGRAMS = """
CREATE FUNCTION applicant_trigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT DISTINCT substr(words, place, 3) FROM generate_series(1, length(words) - 2) AS place)
$$
"""
TEXT, SPACE, BLANK = models.TextField(), models.Value(" "), models.Value("")
DIGITS = models.Func(
    models.F("phone"), models.Value(r"\D"), BLANK, models.Value("g"), function="regexp_replace", output_field=TEXT
)
CONTACT = Upper(
    Concat(
        *("name", SPACE, "street", SPACE, Replace("postcode", SPACE, BLANK), SPACE, "city", SPACE),
        *("email", SPACE, "second_email", SPACE, DIGITS),
        output_field=TEXT,
    )
)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0041_text_blocks")]

    operations = [
        migrations.RunSQL(TRIGRAMS, "DROP FUNCTION applicant_trigrams(text)"),
        migrations.AddIndex(
            "applicant",
            GinIndex(
                models.Func(CONTACT, function="applicant_trigrams", output_field=ArrayField(TEXT)),
                name="applicant_by_contact",
            ),
        ),
    ]
