"""What the files of another tool do not hold of the prompts, in words."""

from collections import Counter
from collections.abc import Iterable

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.markdown_text import inline
from casebook.interchange import Loss

LOSSES_FILE = "LOSSES.md"
MOST_SENTENCES = 20
_HEADING = N_("What these files do not hold")
_FORM = N_("Form: %(form)s")
_COUNTED = N_("%(loss)s (prompts: %(number)s)")


def losses_page(losses: Iterable[Loss], *, form: str, translate: Translate = str) -> str:
    """Return the page that lies beside the files: every prompt with what its file lacks."""
    lines = [
        f"# {translate(_HEADING)}",
        translate(_FORM) % {"form": form},
    ]
    title = None
    for loss in losses:
        if loss.item != title:
            title = loss.item
            lines.append(f"## {inline(title)}")
        lines.append(f"- {inline(loss.text(translate))}")
    return "\n\n".join(lines).replace("\n\n- ", "\n- ") + "\n"


def losses_summary(losses: Iterable[Loss], *, translate: Translate = str) -> list[str]:
    """Return each kind of loss once, with the number of prompts it concerns; the most frequent first."""
    prompts = Counter(loss.text(translate) for loss in losses)
    sentence = translate(_COUNTED)
    return [
        sentence % {"loss": loss, "number": number} for loss, number in prompts.most_common(MOST_SENTENCES)
    ]
