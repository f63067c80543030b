"""Which judge is tied to which entry, and by what: facts in, {(judge, entry, ground): words} out.

Everything is looked up by account, address, name or office, never judge by judge and entry by entry: 200 judges and
10,000 entries are two million pairs.
"""

from collections import defaultdict

from competitions.actions.conflicts.facts import entry_facts, judge_facts, mates_in, teams_of
from competitions.actions.conflicts.groups import groups_of, members_of
from competitions.actions.conflicts.words import address
from competitions.contest_files.words import spaceless
from competitions.models import Conflict

Ground = Conflict.Ground
LONGEST_REASON = 300


class Index:
    """The entries by what may tie somebody to them."""

    def __init__(self, entries):
        self.people, self.emails = defaultdict(set), defaultdict(set)
        self.listed, self.listed_emails = defaultdict(set), defaultdict(set)
        self.names, self.departments, self.offices = defaultdict(set), defaultdict(set), defaultdict(set)
        for entry in entries.values():
            for name in vars(self):
                for key in getattr(entry, name):
                    getattr(self, name)[key].add(entry.pk)

    def entries_of(self, accounts, emails):
        """Entries these accounts or addresses take part in."""
        return _all(self.people, accounts) | _all(self.emails, emails)


def grounds(competition, judges, *, entries=None):
    """Return {(judge, entry, ground): what it rests on} between judges, rows of Judge, and entries handed in.

    A member's own entry has no other ground beside it. The number of queries is fixed.
    """
    members, facts = judge_facts(judges), entry_facts(competition, entries)
    index, found = Index(facts), {}
    teams, contests = teams_of(members)
    mates = mates_in(teams)
    for judge in members.values():
        mine = _of_one(judge, index, facts)
        mine |= _team_mates(judge, index, teams, contests, mates, competition=competition)
        found |= {(judge.pk, entry, ground): words for (entry, ground), words in mine.items()}
    found |= _groups(members, index, facts)
    own = {(judge, entry) for judge, entry, ground in found if ground == Ground.OWN}
    return {
        (judge, entry, ground): words[:LONGEST_REASON]
        for (judge, entry, ground), words in found.items()
        if ground == Ground.OWN or (judge, entry) not in own
    }


def _of_one(judge, index, facts):
    """{(entry, ground): words} of what the judge's own addresses, office and declarations say."""
    found = {}
    for entry in _departments(judge, index):
        found[entry, Ground.DEPARTMENT] = ", ".join(sorted(_shared_offices(judge, facts[entry])))
    for relation in judge.relations:
        for entry in _related(relation, index):
            found[entry, Ground.RELATION] = _relation_words(relation)
    for entry in _all(index.listed, judge.accounts) | _all(index.listed_emails, judge.emails):
        found[entry, Ground.TEAM_MATE] = ""
    for entry in index.entries_of(judge.accounts, judge.emails):
        found[entry, Ground.OWN] = ""
    return found


def _departments(judge, index):
    named = index.offices.get(judge.organisation, set()) if judge.organisation else set()
    return _all(index.departments, judge.departments) | named


def _shared_offices(judge, entry):
    """The names that stand for the tie; of an entry from several departments not all."""
    if judge.organisation in entry.offices:
        return [entry.offices[judge.organisation]]
    return entry.offices.values() if len(entry.departments) == 1 else []


def _related(relation, index):
    found = set()
    if relation.email:
        email = address(relation.email)
        found |= index.emails.get(email, set()) | index.listed_emails.get(email, set())
    if relation.name:
        found |= index.names.get(spaceless(relation.name), set())
    if relation.organisation:
        found |= index.offices.get(spaceless(relation.organisation), set())
    return found


def _relation_words(relation):
    return ", ".join(filter(None, (relation.name, relation.organisation, relation.email)))


def _team_mates(judge, index, teams, contests, mates, *, competition):
    """Entries of people the judge was in a team with: in this competition, or in an earlier one."""
    found = {}
    for team, judges in teams.items():
        if judge.pk not in judges:
            continue
        contest, title = contests[team]
        accounts, emails = mates[team]
        ground = Ground.TEAM_MATE if contest == competition.pk else Ground.EARLIER
        others = index.entries_of(accounts - judge.accounts, emails - judge.emails)
        found |= {(entry, ground): "" if ground == Ground.TEAM_MATE else title for entry in others}
    return found


def _groups(judges, index, facts):
    """Entries of people from a learning group the judge leads, led or belongs to. Four queries."""
    groups = groups_of({account for judge in judges.values() for account in judge.accounts})
    people = {account for entry in facts.values() for account in entry.people}
    rows, titles = members_of(groups, people)
    known = {
        group: [judge.pk for judge in judges.values() if accounts & judge.accounts]
        for group, accounts in groups.items()
    }
    return {
        (judge, entry, Ground.FACILITATOR): titles[group]
        for group, person in rows
        for judge in known[group]
        for entry in index.people[person]
    }


def _all(index, keys):
    return set().union(*(index.get(key, ()) for key in keys))
