"""What each kind of long work is called; the kinds themselves stand in settings.JOB_KINDS."""

from django.utils.translation import gettext_lazy as _

JOB_NAMES = {
    "export_casebook": _("Export the casebook"),
    "import_casebook": _("Bring in a casebook"),
    "preview_import": _("Look through a file to be imported"),
    "run_tests": _("Run test cases"),
    "try_endpoint": _("Try a model service"),
    "compute_results": _("Compute the result of a competition"),
    "assign_entries": _("Assign entries to judges"),
    "tell_departments": _("Tell departments of a call"),
    "pack_certificates": _("Pack certificates"),
    "publish_cases": _("Make cases of the winning entries"),
}


def job_name(kind):
    return JOB_NAMES.get(kind, kind)
