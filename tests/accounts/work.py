"""Long work for the tests of jobs; named in settings.JOB_KINDS by their dotted paths."""

from django.utils.translation import get_language

from accounts.errors import Refusal
from accounts.models import Job


def write_file(run):
    path = run.folder / "out.txt"
    path.write_text("결과")
    run.report(50, "반쯤")
    return "다 되었습니다.", path, "사례집 2026.txt"


def say_language(run):
    return get_language(), None, ""


def refuse(run):
    raise Refusal("파일이 비었습니다.\n다른 파일을 고르세요.")


def break_down(run):
    raise ValueError("secret of the database")


def be_overtaken(run):
    Job.objects.filter(pk=run.job.pk).update(runs=run.job.runs + 1)
    run.report(10)
    raise AssertionError("report lets a run that was overtaken go on")


KINDS = {
    name: f"tests.accounts.work.{name}"
    for name in ("write_file", "say_language", "refuse", "break_down", "be_overtaken")
}
