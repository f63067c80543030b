"""Sheets know their sums, and minutes never change once members may sign them."""

from django.db import migrations

SUMS = """
UPDATE competitions_assignment AS sheet SET reached = sums.reached, reachable = sums.reachable
FROM (
    SELECT score.assignment_id,
           sum(criterion.weight * score.points) AS reached,
           sum(criterion.weight * criterion.max_points) AS reachable
    FROM competitions_score AS score JOIN competitions_criterion AS criterion ON criterion.id = score.criterion_id
    WHERE score.points IS NOT NULL
    GROUP BY score.assignment_id
) AS sums
WHERE sums.assignment_id = sheet.id
"""
FORBID = """
CREATE FUNCTION minutes_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% row % is frozen', TG_TABLE_NAME, OLD.id;
END $$;
CREATE TRIGGER minutes_never_change BEFORE UPDATE ON competitions_meeting
    FOR EACH ROW WHEN (
        OLD.minutes IS NOT NULL
        AND (NEW.minutes IS DISTINCT FROM OLD.minutes OR NEW.minutes_sha256 IS DISTINCT FROM OLD.minutes_sha256)
    ) EXECUTE FUNCTION minutes_never_change();
CREATE TRIGGER minutes_are_kept BEFORE DELETE ON competitions_meeting
    FOR EACH ROW WHEN (OLD.minutes IS NOT NULL) EXECUTE FUNCTION minutes_never_change();
"""
ALLOW = """
DROP TRIGGER minutes_never_change ON competitions_meeting;
DROP TRIGGER minutes_are_kept ON competitions_meeting;
DROP FUNCTION minutes_never_change();
"""


class Migration(migrations.Migration):
    dependencies = [("competitions", "0006_judging")]
    operations = [
        migrations.RunSQL(SUMS, migrations.RunSQL.noop),
        migrations.RunSQL(FORBID, ALLOW),
    ]
