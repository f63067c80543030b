"""Steps of the road of judging: tally, deliberation, verification, awards, publication, and the check at home."""

import json
import subprocess
import sys
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from competitions.models import Award, Certificate, Competition, Judge, Meeting, Motion, Result
from competitions.states import CompetitionState
from tests.browser.contest_steps import minute
from tests.browser.judging_steps import TITLES
from tests.browser.scoring_steps import user_of
from tests.browser.walk import follow, ko, press, press_and_agree, run_waiting_jobs, tick, write

WINNER = TITLES[0]
ORDER = [("86", 1, "a1"), ("86", 2, None), ("75", 3, None), ("65", 4, None), ("45", None, None)]
UNTRUE = 1  # exit code of the script for a file that does not agree


def organise(page, name, *more):
    page.goto(reverse(f"competitions:{name}", args=[Competition.objects.get().slug, *more]))


# The tally, and how firm it is


def tally(page):
    organise(page, "organise_result")
    press(page, "Compute the result")
    expect(page.get_by_role("progressbar").last).to_be_visible()
    run_waiting_jobs()
    follow(page, "Show the result")
    expect(page.get_by_role("main")).to_contain_text(WINNER)
    outcome = Result.objects.get().outcome["entries"]
    first = outcome[0]

    assert [(row["total"], row["place"], row["award"]) for row in outcome] == ORDER
    assert (first["tie_broken_by"], outcome[-1]["status"]) == ("criterion:c1", "below_floor")
    assert first["rounds"]["written"]["kept"] == ["J1"]


def look_how_firm(page):
    organise(page, "organise_firmness")
    first = Result.objects.get().outcome["entries"][0]["code"]
    for code in ("J1", "J2", "J3", first):
        expect(page.get_by_role("main")).to_contain_text(code)


# Deliberation and meeting


def deliberate(organiser, visit):
    """The chair reads what speaks for the winner and leaves a note; a meeting votes, its minutes are signed."""
    chair = visit(user_of("J1"))
    chair.goto("/judging/")
    follow(chair, "Deliberation and meetings")
    chair.get_by_role("main").get_by_role("link", name=WINNER).click()
    write(chair, text="응모작 가운데 가장 바로 쓸 수 있습니다.")
    chair.locator("form:has([name=text]) button[type=submit]").click()
    expect(chair.get_by_role("main")).to_contain_text("응모작 가운데 가장 바로 쓸 수 있습니다.")
    call_meeting(organiser)
    run_meeting(chair)
    sign_minutes(visit, chair)


def call_meeting(page):
    organise(page, "organise_meetings")
    follow(page, "Call a meeting")
    write(page, held_at=minute(hours=1), place="시청 3층 회의실", agenda="수상작을 정합니다.")
    press(page, "Call the meeting")
    page.wait_for_url("**/run/")


def run_meeting(page):
    meeting = Meeting.objects.get()
    page.goto(reverse("competitions:meeting", args=[meeting.pk]))
    follow(page, "Run the meeting")
    for judge in Judge.objects.active():
        tick(page, "present", judge.pk)
    press(page, "Note who is present")
    press(page, "Begin the meeting")
    press(page, "Put it to the vote")
    motion = Motion.objects.get()
    for judge in Judge.objects.active():
        page.locator(f"label[for='vote-{motion.pk}-{judge.pk}-yes']").click()
    press(page, "Note these votes", exact=False)
    press(page, "Close the vote", exact=False)
    write(page, remarks="순위대로 주기로 했습니다.")
    press_and_agree(page, "Close the meeting and freeze the minutes")
    expect(page.get_by_role("main")).to_contain_text("순위대로 주기로 했습니다.")

    assert Motion.objects.get().outcome == Motion.Outcome.CARRIED


def sign_minutes(visit, chair):
    meeting = Meeting.objects.get()
    for page in (chair, visit(user_of("J2"), width=390), visit(user_of("J3"))):
        page.goto(reverse("competitions:meeting", args=[meeting.pk]))
        press(page, "Sign the minutes")
        expect(page.get_by_role("main")).to_contain_text(ko("You have signed these minutes."))

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.SIGNED


# Verification, awards, publication


def verify_candidates(organiser, visitor):
    """The candidates are public; the test moves the end of the period instead of waiting for it."""
    organise(organiser, "organise_rules")
    write(organiser, days="1")
    press(organiser, "Begin the verification")
    expect(organiser.get_by_role("button", name=ko("Go back to judging"))).to_be_visible()
    visitor.goto(Competition.objects.get().get_absolute_url())
    expect(visitor.locator("section:has(#candidates-title)")).to_contain_text(WINNER)
    Competition.objects.update(verification_until=now() - timedelta(seconds=1))

    assert Competition.objects.get().state == CompetitionState.VERIFICATION


def award(page):
    organise(page, "organise_result")
    follow(page, "Decide the awards")
    press(page, "Look at the decision")
    expect(page.locator("#main table")).to_contain_text(WINNER)
    press(page, "Decide the awards")
    expect(page.get_by_role("main")).to_contain_text(
        ko("The awards are decided. Nobody else sees them until you publish the results.")
    )

    assert Award.objects.get().entry.title == WINNER


def publish(page):
    press_and_agree(page, "Publish the results")
    page.get_by_role("heading", name=ko("Winning entries as cases")).wait_for()

    assert Competition.objects.get().state == CompetitionState.PUBLISHED


def certify(organiser, visitor):
    """Everybody of the winning team gets a certificate, and anybody can check its number."""
    organise(organiser, "organise_certificates")
    press(organiser, "Issue all certificates")
    organiser.wait_for_load_state()
    number = Certificate.objects.get().number
    expect(organiser.get_by_role("main")).to_contain_text(number)
    visitor.goto(reverse("competitions:check_certificates"))
    write(visitor, number=number)
    press(visitor, "Check")
    expect(visitor.get_by_role("main")).to_contain_text(ko("This certificate is genuine."))


# The check at home


def take_home(page, folder):
    """What a citizen saves: the file and the script. Returns their paths."""
    page.goto(Competition.objects.get().get_absolute_url())
    follow(page, "See the results")
    expect(page.get_by_role("main")).to_contain_text(WINNER)
    paths = [save(page, name, folder) for name in ("Result as a JSON file", "The script that checks it")]
    number = Result.objects.get().file_sha256
    expect(page.get_by_role("main")).to_contain_text(number)
    return paths


def save(page, name, folder):
    with page.expect_download() as download:
        follow(page, name)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def check_at_home(file, script):
    """In a Python with nothing installed: the file agrees, and with one changed digit it does not."""
    agreed = run(script, file)
    assert (agreed.returncode, agreed.stderr) == (0, "")
    assert json.loads(file.read_text("utf-8"))["sha256"] in agreed.stdout

    changed = json.loads(file.read_text("utf-8"))
    row = next(each for each in changed["inputs"]["marks"] if each[4] == "46")
    row[4] = "47"
    file.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
    found = run(script, file)
    number = changed["inputs"]["marks"].index(row) + 1
    assert found.returncode == UNTRUE
    assert found.stderr.startswith(f"inputs.marks[{number}: {'/'.join(row[:4])}]: ")


def run(script, file):
    command = [sys.executable, "-I", "-S", str(script), str(file), "--lang", "ko"]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, cwd=file.parent, env={}
    )
