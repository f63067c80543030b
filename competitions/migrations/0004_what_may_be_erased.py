"""A snapshot may lose its content and nothing else; a notice of a call never changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION snapshot_may_be_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.erased_at IS NOT NULL AND NEW.content = '{}'::jsonb AND NEW.submitted_by_id IS NULL
        AND (NEW.id, NEW.entry_id, NEW.number, NEW.content_sha256, NEW.receipt_number, NEW.submitted_at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.entry_id, OLD.number, OLD.content_sha256, OLD.receipt_number, OLD.submitted_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% row % is frozen', TG_TABLE_NAME, OLD.id;
END $$;
DROP TRIGGER snapshot_never_changes ON competitions_snapshot;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OR DELETE ON competitions_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_may_be_erased();
CREATE TRIGGER call_notice_never_changes BEFORE UPDATE OR DELETE ON competitions_callnotice
    FOR EACH ROW EXECUTE FUNCTION handed_in_or_published_never_changes();
"""
BACKWARD = """
DROP TRIGGER call_notice_never_changes ON competitions_callnotice;
DROP TRIGGER snapshot_never_changes ON competitions_snapshot;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OR DELETE ON competitions_snapshot
    FOR EACH ROW EXECUTE FUNCTION handed_in_or_published_never_changes();
DROP FUNCTION snapshot_may_be_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("competitions", "0003_calls_and_entries")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
