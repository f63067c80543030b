"""Steps of the road of judging: a call with a declared rule, entries, a committee by invitation, scored sheets."""

from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Message, User
from competitions.models import Competition, Judge
from competitions.states import CompetitionState
from tests.browser.contest_steps import PHONE, go_to_step, minute
from tests.browser.walk import follow, ko, press, press_and_agree, tick, write
from tests.factories import make_user

TITLE = "2026 심사 공모전"
LEVELS = "40: 누구도 하지 않은 생각\n30: 알려진 방법을 새롭게 엮음\n20: 널리 쓰는 방법"
TITLES = ["민원 답변 초안", "회의록 요약", "공고문 다듬기", "예산안 설명", "행사 안내문"]
NAMES = ("김가온", "이나루", "박다온")


# The call, with its rule


def announce_with_rule(page):
    page.goto("/organise/new/")
    write(page, title=TITLE)
    page.locator("[name=profile]").select_option("light")
    go_to_step(page, "dates")
    write(page, opens_at=minute(days=-1), closes_at=minute(days=7))
    go_to_step(page, "plan")
    write(page, call="## 목적\n\n심사를 끝까지 걸어 봅니다.")
    go_to_step(page, "tracks")
    write(page, **{"tracks-0-name": "주민 부문"})
    go_to_step(page, "judging")
    write_rule(page)
    press(page, "Save as a draft")
    press_and_agree(page, "Announce")

    expect(page.get_by_role("main")).to_contain_text(ko("The call is announced. Everybody can read it now."))


def write_rule(page):
    round_ = page.locator("[name='rounds-0-method']")
    page.locator("#rows-rounds details summary").first.click()
    round_.select_option("trimmed_mean")
    page.locator("[name='rounds-0-over']").select_option("judge_totals")
    write(page, **{"rounds-0-drop_high": "1", "rounds-0-drop_low": "1", "rounds-0-floor": "60"})
    write(page, **{"rounds-0-judges_per_entry": "3"})
    write(page, **{"criteria-0-name": "창의성", "criteria-0-max": "40", "criteria-0-levels": LEVELS})
    write(page, **{"criteria-1-name": "효과", "criteria-1-max": "60"})
    write(page, **{"rule-places": "2", "rule-tie_break": f"창의성\n{ko('Joint place')}"})
    write(page, **{"awards-0-name": "대상", "awards-0-count": "1"})


def read_rule(page):
    """The call says in words how the places come about."""
    competition = Competition.objects.get()
    page.goto(competition.get_absolute_url())
    rule = page.get_by_role("main")
    for words in ("60", "창의성"):
        expect(rule).to_contain_text(words)
    assert competition.rule_sha256


# The committee


def invite_committee(organiser, visit):
    """Three are invited; each opens the link of the letter, pledges, declares and accepts."""
    competition = Competition.objects.get()
    for number, name in enumerate(NAMES, start=1):
        email = f"judge{number}@example.org"
        make_user(name=name, email=email)
        organiser.goto(reverse("competitions:organise_committee", args=[competition.slug]))
        follow(organiser, "Invite a judge")
        write(organiser, name=name, email=email)
        tick(organiser, "side", "private")
        press(organiser, "Send the invitation")
        expect(organiser.locator("#main .table")).to_contain_text(name)
        accept(visit(User.objects.get(email=email), width=PHONE if number == 2 else 1280))

    assert list(Judge.objects.active().values_list("code", flat=True)) == ["J1", "J2", "J3"]
    make_chair(organiser, competition)


def accept(page):
    page.goto(Message.objects.filter(kind="judge.invited").latest("pk").link)
    tick(page, "agrees")
    tick(page, "pledges")
    tick(page, "says", "nothing")
    press(page, "Accept and join the committee")
    page.wait_for_url("**/judging/ties/**")
    page.context.close()


def make_chair(page, competition):
    chair = Judge.objects.get(code="J1")
    page.goto(reverse("competitions:organise_member", args=[competition.slug, chair.pk]))
    tick(page, "is_chair")
    press(page, "Save")
    page.wait_for_url("**/committee/")


def accept_entries(page, entries):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_entries", args=[competition.slug]))
    for entry in entries:
        tick(page, "entries", entry.pk)
    press(page, "Accept the ticked entries")
    page.wait_for_load_state()
    assert competition.entries.judged().count() == len(entries)


def assign_automatically(page):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_committee", args=[competition.slug]))
    follow(page, "Assign automatically", exact=False)
    expect(page.locator("#plan-title")).to_be_visible()
    page.locator("section:has(#plan-title) form button").click()
    expect(page.get_by_role("main")).to_contain_text(ko("New score sheets: %(count)s.", count=15))
    page.goto(reverse("competitions:organise_competition", args=[competition.slug]))
    press(page, "Start judging")
    expect(page.get_by_role("main")).to_contain_text(
        ko("Judging has begun. The judges can fill in their sheets.")
    )

    assert Competition.objects.get().state == CompetitionState.JUDGING
