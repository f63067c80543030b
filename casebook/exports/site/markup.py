"""HTML built from values: whatever is not already Html is escaped."""

from html import escape


class Html(str):
    """Text that is already HTML."""

    __slots__ = ()


def el(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. Underscores in attribute names become hyphens (`class_` -> class); None leaves one out."""
    inner = "".join(_child(child) for child in children)
    return Html(f"<{name}{_attributes(attributes)}>{inner}</{name}>")


def void(name: str, /, **attributes: object) -> Html:
    """An element that has no end tag."""
    return Html(f"<{name}{_attributes(attributes)}>")


def join(children: list[Html], between: str = "\n") -> Html:
    return Html(between.join(children))


def _child(child: object) -> str:
    if child is None:
        return ""
    return child if isinstance(child, Html) else escape(str(child), quote=False)


def _attributes(attributes: dict[str, object]) -> str:
    shown = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    return "".join(f' {name}="{escape(str(value))}"' for name, value in shown if value is not None)
