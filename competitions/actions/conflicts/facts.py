"""What is known of judges and of who entered, read in a fixed number of queries, to find conflicts from."""

from collections import defaultdict
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from accounts.models import Department, User
from competitions.actions.conflicts.words import address
from competitions.contest_files.words import spaceless
from competitions.models import Entry, JudgeRelation, TeamMember
from competitions.states import EntryState

NOT_HANDED_IN = [EntryState.DRAFT, EntryState.WITHDRAWN]


@dataclass
class JudgeFacts:
    """One member of the committee. accounts: every account that has one of the member's addresses."""

    pk: int
    emails: set = field(default_factory=set)
    accounts: set = field(default_factory=set)
    departments: set = field(default_factory=set)
    organisation: str = ""
    relations: list = field(default_factory=list)


@dataclass
class EntryFacts:
    """One entry. people: accounts that take part; listed: accounts and addresses of its team in any state.

    offices: {plain name: name as written} of departments and of the team.
    """

    pk: int
    people: set = field(default_factory=set)
    emails: set = field(default_factory=set)
    listed: set = field(default_factory=set)
    listed_emails: set = field(default_factory=set)
    names: set = field(default_factory=set)
    departments: set = field(default_factory=set)
    offices: dict = field(default_factory=dict)


@dataclass
class Account:
    emails: set
    name: str
    department: int | None


def entry_rows(competition, entries=None):
    """The entries that can be judged one day; of those given only."""
    rows = Entry.objects.filter(competition=competition).exclude(state__in=NOT_HANDED_IN)
    return rows if entries is None else rows.filter(pk__in=entries)


def judge_facts(judges):
    """{pk: JudgeFacts} of rows of Judge. Four queries."""
    facts = {judge.pk: _judge(judge) for judge in judges}
    _add_relations(facts)
    _add_accounts(facts, judges)
    return facts


def _judge(judge):
    emails = {judge.email, judge.candidate.email if judge.candidate else ""}
    facts = JudgeFacts(pk=judge.pk, emails={address(each) for each in emails if each})
    facts.organisation = spaceless(judge.organisation)
    facts.accounts = {judge.user_id} if judge.user_id else set()
    return facts


def _add_relations(facts):
    for row in JudgeRelation.objects.filter(judge__in=facts):
        facts[row.judge_id].relations.append(row)


def _add_accounts(facts, judges):
    """Addresses of the account, and then accounts with any of the addresses, confirmed or not."""
    own = _accounts(User.objects.filter(pk__in=[judge.user_id for judge in judges if judge.user_id]))
    for judge in judges:
        if judge.user_id in own:
            facts[judge.pk].emails |= own[judge.user_id].emails
    wanted = {email for each in facts.values() for email in each.emails}
    listed = EmailAddress.objects.annotate(low=Lower("email")).filter(low__in=wanted).values("user")
    rows = User.objects.annotate(low=Lower("email")).filter(Q(low__in=wanted) | Q(pk__in=listed))
    known = own | _accounts(rows)
    for each in facts.values():
        each.accounts |= {pk for pk, account in known.items() if account.emails & each.emails}
        each.departments = {known[pk].department for pk in each.accounts if pk in known} - {None}


def _accounts(rows):
    """{pk: Account} of rows of User. Two queries."""
    found = {
        pk: Account({address(email)} if email else set(), spaceless(name), department)
        for pk, email, name, department in rows.values_list("pk", "email", "name", "department")
    }
    for user, email in EmailAddress.objects.filter(user__in=rows.values("pk")).values_list("user", "email"):
        found[user].emails.add(address(email))
    return found


def entry_facts(competition, entries=None):
    """{pk: EntryFacts} of the entries handed in. Five queries."""
    rows = entry_rows(competition, entries)
    facts, members = {}, TeamMember.objects.filter(entry__in=rows.values("pk"))
    for pk, entrant, team, office in _entry_values(rows):
        facts[pk] = EntryFacts(pk=pk, people={entrant} if entrant else set())
        facts[pk].offices = {spaceless(name): name for name in (team, office) if name and spaceless(name)}
    for row in members.order_by():
        _add_member(facts[row.entry_id], row)
    # A union: two subqueries joined by OR are no longer hashed from some thousand rows on.
    people = rows.order_by().values("entrant").union(members.order_by().values("user"))
    _add_people(facts, _accounts(User.objects.filter(pk__in=people)))
    return facts


def _entry_values(rows):
    office = Coalesce("snapshot__content__case__department", "draft__case__department")
    values = rows.order_by().annotate(office=office).values_list("pk", "entrant", "team", "office")
    return [
        (pk, entrant, team, office if isinstance(office, str) else "") for pk, entrant, team, office in values
    ]


def _add_member(facts, row):
    facts.listed |= {row.user_id} if row.user_id else set()
    facts.listed_emails |= {address(row.email)} if row.email else set()
    if row.state == TeamMember.State.ACCEPTED:
        facts.people |= {row.user_id} if row.user_id else set()
        facts.emails |= {address(row.email)} if row.email else set()


def _add_people(facts, accounts):
    names = dict(Department.objects.values_list("pk", "name"))
    for each in facts.values():
        known = [accounts[pk] for pk in each.people if pk in accounts]
        each.emails |= {email for account in known for email in account.emails}
        each.names = {account.name for account in known if account.name}
        each.departments = {account.department for account in known} - {None}
        each.offices |= {spaceless(names[pk]): names[pk] for pk in each.departments if pk in names}
        former = [accounts[pk] for pk in each.listed if pk in accounts]
        each.listed_emails |= {email for account in former for email in account.emails}


def teams_of(judges):
    """Return ({entry: {judges in its team}}, {entry: (competition, its title)}) of all competitions. Two queries."""
    by_account, by_email = _by_account(judges), _by_email(judges)
    teams, contests = defaultdict(set), {}
    entrant = Entry.objects.filter(entrant__in=by_account).order_by()
    for pk, user, contest, title in entrant.values_list("pk", "entrant", "competition", "competition__title"):
        teams[pk] |= by_account[user]
        contests[pk] = contest, title
    listed = TeamMember.objects.order_by().annotate(low=Lower("email"), contest=F("entry__competition"))
    rows = listed.filter(Q(user__in=by_account) | Q(low__in=by_email)).values_list(
        "entry", "user", "email", "contest", "entry__competition__title"
    )
    for pk, user, email, contest, title in rows:
        teams[pk] |= by_account.get(user, set()) | by_email.get(address(email), set())
        contests[pk] = contest, title
    return teams, contests


def _by_account(judges):
    found = defaultdict(set)
    for judge in judges.values():
        for account in judge.accounts:
            found[account].add(judge.pk)
    return dict(found)


def _by_email(judges):
    found = defaultdict(set)
    for judge in judges.values():
        for email in judge.emails:
            found[email].add(judge.pk)
    return dict(found)


def mates_in(teams):
    """{entry: (accounts, addresses)} of everybody who ever had part in these entries. Two queries."""
    accounts, emails = defaultdict(set), defaultdict(set)
    for pk, entrant in Entry.objects.filter(pk__in=teams).order_by().values_list("pk", "entrant"):
        accounts[pk] |= {entrant} if entrant else set()
    rows = TeamMember.objects.filter(entry__in=teams).order_by()
    for pk, user, email in rows.values_list("entry", "user", "email"):
        accounts[pk] |= {user} if user else set()
        emails[pk] |= {address(email)} if email else set()
    return {pk: (accounts[pk], emails[pk]) for pk in teams}
