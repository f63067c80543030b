from django.db import migrations

FORBID = """
CREATE FUNCTION handed_in_or_published_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% row % is frozen', TG_TABLE_NAME, OLD.id;
END $$;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OR DELETE ON competitions_snapshot
    FOR EACH ROW EXECUTE FUNCTION handed_in_or_published_never_changes();
CREATE TRIGGER published_result_never_changes BEFORE UPDATE OR DELETE ON competitions_result
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION handed_in_or_published_never_changes();
"""
ALLOW = """
DROP TRIGGER snapshot_never_changes ON competitions_snapshot;
DROP TRIGGER published_result_never_changes ON competitions_result;
DROP FUNCTION handed_in_or_published_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("competitions", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
