"""What an audit record says, in words. A verb without a line here is shown as it is."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "account.created": _("Account opened"),
    "profile.changed": _("Profile changed"),
    "person.viewed": _("Account page opened"),
    "person.department_set": _("Department of a person changed"),
    "role.granted": _("Role granted"),
    "role.revoked": _("Role revoked"),
    "department.added": _("Department added"),
    "department.renamed": _("Department renamed"),
    "audit.viewed": _("Access records read"),
    "job.asked": _("Work asked for"),
    "job.run_again": _("Work run again"),
    "job.downloaded": _("Result of work downloaded"),
    "group.created": _("Learning group created"),
    "group.changed": _("Learning group changed"),
    "member.added": _("Person added to a learning group"),
    "member.removed": _("Person removed from a learning group"),
    "casebook.imported": _("Casebook brought in"),
    "prompt.created": _("Prompt created"),
    "case.created": _("Case created"),
    "version.review_asked": _("Review asked for"),
    "version.published": _("Version published"),
    "version.sent_back": _("Version sent back"),
    "version.restored": _("Earlier version restored"),
    "version.taken_back": _("Version taken back from review"),
    "version.discarded": _("Draft thrown away"),
    "version.declined": _("Version declined"),
    "record.retired": _("Prompt or case retired"),
    "competition.created": _("Competition created"),
    "competition.changed": _("Competition changed"),
    "competition.announced": _("Competition announced"),
    "competition.brought_in": _("Competition brought in from a file"),
    "competition.judging_started": _("Judging started"),
    "competition.cancelled": _("Competition cancelled"),
    "entry.created": _("Entry begun"),
    "entry.saved": _("Entry saved"),
    "entry.submitted": _("Entry submitted"),
    "entry.withdrawn": _("Entry withdrawn"),
    "entry.accepted": _("Entry accepted"),
    "entry.disqualified": _("Entry disqualified"),
    "entry.contact_seen": _("Contact of an entrant opened"),
    "entry.seen_by_judge": _("Entry read by a judge"),
    "entry.published_as_case": _("Entry made into a case"),
    "entries.assigned": _("Entries assigned to judges"),
    "entries.brought_in": _("Entries brought in from a file"),
    "judge.named": _("Judge named"),
    "judge.removed": _("Judge removed"),
    "judge.assigned": _("Entries assigned to a judge"),
    "sheet.saved": _("Score sheet saved"),
    "sheet.signed": _("Score sheet signed"),
    "sheet.recused": _("Judge stepped aside"),
    "scores.brought_in": _("Scores brought in from a file"),
    "score.changed_by_file": _("Score changed by a file"),
    "result.computed": _("Result computed"),
    "results.published": _("Results published"),
    "awards.decided": _("Awards decided"),
}
TARGETS = {
    "user": _("Account"),
    "department": _("Department"),
    "job": _("Work in the background"),
    "learninggroup": _("Learning group"),
    "prompt": _("Prompt"),
    "promptversion": _("Prompt version"),
    "case": _("Case"),
    "caseversion": _("Case version"),
    "importrun": _("Import"),
    "importpreview": _("Import"),
    "proposal": _("Proposed change"),
    "review": _("Review"),
    "prompttest": _("Test case"),
    "promptrun": _("Test run"),
    "modelendpoint": _("Model service"),
    "opentool": _("Tool to open"),
    "comment": _("Comment"),
    "problemreport": _("Problem report"),
    "collection": _("Collection"),
    "accesstoken": _("Access token"),
    "competition": _("Competition"),
    "entry": _("Entry"),
    "judge": _("Judge"),
    "assignment": _("Score sheet"),
    "result": _("Result"),
}
# Acts of colleagues. In a contest the names of judges and organisers are not for entrants.
NAMED = ("person.", "role.", "profile.", "account.", "group.", "member.", "audit.")


def verb_words(verb):
    return VERBS.get(verb, verb)


def target_words(kind):
    return TARGETS.get(kind, kind)


def names_the_doer(verb):
    """May the person concerned read who did it?"""
    return verb.startswith(NAMED)
