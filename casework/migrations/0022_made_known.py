"""A letter is made known on a day: that of placing, or that of posting; from then on it is kept as it is.

What was placed before counts as made known then, or when it was posted. A letter that waits to be posted has no day yet,
and gets with it the days that its words left open. `made_known_on` is also what decisions call the day that may be
followed by a later one.
"""

from django.db import migrations, models

import casework.clock

FUNCTION = """
CREATE OR REPLACE FUNCTION casework_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) OR EXISTS (
        SELECT FROM unnest(TG_ARGV) AS name, to_jsonb(OLD) AS was, to_jsonb(NEW) AS becomes
        WHERE was ->> name IS NOT NULL
        AND becomes ->> name IS DISTINCT FROM was ->> name
        AND NOT coalesce(name = '{later}' AND becomes ->> name > was ->> name, false)
    ) THEN
        RAISE EXCEPTION '% keeps its rows as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
OPEN = "DROP TRIGGER casework_letter_kept ON casework_letter;"
CLOSE = """
CREATE TRIGGER casework_letter_kept BEFORE UPDATE OR DELETE ON casework_letter
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('pdf_id');
"""
FILL = """
UPDATE casework_letter AS letter
SET made_known_on = greatest(
    (placed_at AT TIME ZONE 'Europe/Amsterdam')::date,
    (SELECT posted_on FROM exemptions_postalcopy AS copy WHERE copy.letter_id = letter.id)
);
"""
KEEP = """
CREATE FUNCTION casework_keep_unsent_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR NEW.made_known_on IS NULL
        OR to_jsonb(NEW) - '{body,made_known_on}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{body,made_known_on}'::text[]
    THEN
        RAISE EXCEPTION 'a letter that waits to be posted only gets its day' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_letter_kept BEFORE UPDATE OR DELETE ON casework_letter
    FOR EACH ROW WHEN (OLD.made_known_on IS NOT NULL) EXECUTE FUNCTION casework_keep_row('pdf_id');
CREATE TRIGGER casework_letter_kept_unsent BEFORE UPDATE OR DELETE ON casework_letter
    FOR EACH ROW WHEN (OLD.made_known_on IS NULL) EXECUTE FUNCTION casework_keep_unsent_letter();
"""
ALLOW = """
DROP TRIGGER casework_letter_kept_unsent ON casework_letter;
DROP TRIGGER casework_letter_kept ON casework_letter;
DROP FUNCTION casework_keep_unsent_letter();
"""


class Migration(migrations.Migration):
    dependencies = (("casework", "0021_refuse_change"),)

    operations = (
        migrations.RunSQL(FUNCTION.format(later="made_known_on"), FUNCTION.format(later="posted_on")),
        migrations.AddField(
            model_name="letter",
            name="made_known_on",
            field=models.DateField(null=True, verbose_name="made known on"),
        ),
        migrations.RunSQL(f"{OPEN}{FILL}", CLOSE),
        migrations.RunSQL(KEEP, ALLOW),
        migrations.AlterField(
            model_name="letter",
            name="made_known_on",
            field=models.DateField(
                blank=True,
                default=casework.clock.today,
                help_text="The day on which it was placed, or on which it was posted to those who want post.",
                null=True,
                verbose_name="made known on",
            ),
        ),
    )
