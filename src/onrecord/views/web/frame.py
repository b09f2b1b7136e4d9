"""What every page has around its content, and the parts of lists that are cut into pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.views.decisions import Decided

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is told besides the record.

    `token` goes into every form and is asked for when it comes back. `who` is the name that forms
    begin with. `decided` is what has just been decided. `refusal` says why something could not be;
    then `form` names the form that was sent and `typed` has its fields, to be sent again.
    """

    token: str
    who: str
    decided: Decided | None = None
    refusal: str | None = None
    form: str | None = None
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def value(self, form: str, name: str, default: str = "") -> str:
        """What was typed into a field of a form that was refused."""
        return next(iter(self.values(form, name)), default)

    def values(self, form: str, name: str) -> Sequence[str]:
        """All that was chosen in a field of a form that was refused."""
        return self.typed.get(name, ()) if form == self.form else ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form: its id and what is shown of it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of a list is shown: `number` counts from 1; `more` is whether others follow."""

    number: int
    more: bool = False

    @property
    def offset(self) -> int:
        """How many come before."""
        return (self.number - 1) * PAGE_SIZE
