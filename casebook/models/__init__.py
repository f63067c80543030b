from casebook.models.case import Case, CasePrompt, CaseVersion
from casebook.models.import_run import ImportRun
from casebook.models.prompt import Prompt, PromptVersion
from casebook.models.search_document import SearchDocument
from casebook.models.taxonomy import WorkField

__all__ = [
    "Case",
    "CasePrompt",
    "CaseVersion",
    "ImportRun",
    "Prompt",
    "PromptVersion",
    "SearchDocument",
    "WorkField",
]
