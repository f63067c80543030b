from django.db import migrations

FORBID = """
CREATE FUNCTION published_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % is published and never changes; make a new version', OLD.number;
END $$;
CREATE TRIGGER published_prompt_version_never_changes BEFORE UPDATE OR DELETE ON casebook_promptversion
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION published_version_never_changes();
CREATE TRIGGER published_case_version_never_changes BEFORE UPDATE OR DELETE ON casebook_caseversion
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION published_version_never_changes();
"""
ALLOW = """
DROP TRIGGER published_prompt_version_never_changes ON casebook_promptversion;
DROP TRIGGER published_case_version_never_changes ON casebook_caseversion;
DROP FUNCTION published_version_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("casebook", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
