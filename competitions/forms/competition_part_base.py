"""A part of a call that is one record. Of which nothing was sent is not judged and stays as it was."""

from dataclasses import asdict, fields, replace

from django import forms


def in_order_of(chosen, before):
    """Return what was chosen; in the earlier order when it is the same."""
    return before if set(chosen) == set(before) else tuple(chosen)


class PartForm(forms.Form):
    def __init__(self, posted=None, *, record, **options):
        self.before = record
        sent = posted is not None and any(name.startswith(f"{self.name}-") for name in posted)
        options |= {"prefix": self.name, "initial": self.initial_of(record)}
        super().__init__(posted if sent else None, **options)

    def initial_of(self, record):
        return asdict(record)

    @property
    def is_right(self):
        return not self.is_bound or self.is_valid()

    def part(self):
        """The record of what is written; as it was when nothing was sent or something is wrong."""
        return self.written() if self.is_bound and self.is_valid() else self.before

    def written(self):
        names = {field.name for field in fields(self.before)}
        return replace(self.before, **{name: self.cleaned_data[name] for name in names})


def is_above(cleaned, least, most):
    low, high = cleaned.get(least), cleaned.get(most)
    return low is not None and high is not None and low > high
