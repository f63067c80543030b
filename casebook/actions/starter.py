"""The starter library: Korean prompts for everyday office work, written for this project (casebook/starter/)."""

from pathlib import Path

import yaml
from django.db import transaction

from casebook.actions.bring_in import import_batch
from casebook.content import clean_prompt
from casebook.imports.records import ImportBatch, ImportRecord
from casebook.models import WorkField

FOLDER = Path(__file__).resolve().parent.parent / "starter"
WORK_FIELDS = "work_fields.yaml"


@transaction.atomic
def load_starter(*, by, at, publish):
    """Bring the library in, with its work fields; a second time changes nothing. Returns a Report."""
    bring_work_fields()
    batch = ImportBatch(tuple(starter_records()), ())
    return import_batch(batch, by=by, at=at, publish=publish, source=("starter", ""))


def bring_work_fields():
    """Add the work fields this site lacks, parents first; its own names and places stay."""
    for position, row in enumerate(_read(FOLDER / WORK_FIELDS)["work_fields"]):
        parent = WorkField.objects.get(code=row["parent"]) if row["parent"] else None
        given = {"name": row["name"], "name_en": row["name_en"], "parent": parent, "position": position}
        WorkField.objects.get_or_create(code=row["code"], defaults=given)


def starter_records():
    """Yield an ImportRecord for each prompt of the library, in the order of the files."""
    for path in sorted(FOLDER.glob("[0-9]*.yaml")):
        for given in _read(path)["prompts"]:
            external_id = given.pop("external_id")
            yield ImportRecord(0, "prompt", external_id, clean_prompt(given), ())


def _read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))
