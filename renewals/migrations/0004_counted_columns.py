"""Of what a run decided again, it is kept in which run, and of a run that started because of what."""

from django.db import migrations

KEEP = """
CREATE TRIGGER renewals_renewalitem_counted BEFORE UPDATE ON renewals_renewalitem
    FOR EACH ROW WHEN (
        OLD.new_decision_id IS NOT NULL
        AND (OLD.run_id, OLD.new_decision_id) IS DISTINCT FROM (NEW.run_id, NEW.new_decision_id)
    ) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewalitem_kept BEFORE DELETE ON renewals_renewalitem
    FOR EACH ROW WHEN (OLD.new_decision_id IS NOT NULL) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewalitem_not_emptied BEFORE TRUNCATE ON renewals_renewalitem
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewal_counted BEFORE UPDATE ON renewals_renewal
    FOR EACH ROW WHEN (
        OLD.started_at IS NOT NULL
        AND (OLD.thresholds_id, OLD.kind_id, OLD.access_rule_id, OLD.started_at)
            IS DISTINCT FROM (NEW.thresholds_id, NEW.kind_id, NEW.access_rule_id, NEW.started_at)
    ) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewal_not_emptied BEFORE TRUNCATE ON renewals_renewal
    EXECUTE FUNCTION casework_refuse_change();
"""
LET_GO = """
DROP TRIGGER renewals_renewal_not_emptied ON renewals_renewal;
DROP TRIGGER renewals_renewal_counted ON renewals_renewal;
DROP TRIGGER renewals_renewalitem_not_emptied ON renewals_renewalitem;
DROP TRIGGER renewals_renewalitem_kept ON renewals_renewalitem;
DROP TRIGGER renewals_renewalitem_counted ON renewals_renewalitem;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0021_refuse_change"),
        ("renewals", "0003_moment_from_clock"),
    ]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
