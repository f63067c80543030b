from django.db import migrations

FORBID = """
CREATE OR REPLACE FUNCTION published_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'casebook_promptversion'
        AND to_jsonb(NEW) - ARRAY['label', 'replacement_id'] = to_jsonb(OLD) - ARRAY['label', 'replacement_id']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'version % is published and never changes; make a new version', OLD.number;
END $$;
"""
ALLOW = """
CREATE OR REPLACE FUNCTION published_version_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % is published and never changes; make a new version', OLD.number;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casebook", "0003_trusted_prompts")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
