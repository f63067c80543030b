from casebook.models.case import Case, CasePrompt, CaseVersion
from casebook.models.community import (
    Collection,
    CollectionItem,
    Comment,
    Favourite,
    Follow,
    ProblemReport,
    Rating,
    UsageCount,
)
from casebook.models.evidence import ModelEndpoint, OpenTool, PromptRun, PromptTest
from casebook.models.import_run import ImportPreview, ImportRun
from casebook.models.prompt import Prompt, PromptFingerprint, PromptLink, PromptVersion
from casebook.models.review import Proposal, Review
from casebook.models.search_document import SearchDocument
from casebook.models.taxonomy import WorkField

__all__ = [
    "Case",
    "CasePrompt",
    "CaseVersion",
    "Collection",
    "CollectionItem",
    "Comment",
    "Favourite",
    "Follow",
    "ImportPreview",
    "ImportRun",
    "ModelEndpoint",
    "OpenTool",
    "ProblemReport",
    "Prompt",
    "PromptFingerprint",
    "PromptLink",
    "PromptRun",
    "PromptTest",
    "PromptVersion",
    "Proposal",
    "Rating",
    "Review",
    "SearchDocument",
    "UsageCount",
    "WorkField",
]
