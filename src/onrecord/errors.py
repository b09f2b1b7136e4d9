"""Every error that Onrecord raises on purpose.

OnrecordError
├── InputError          something that was to be read can't be
│   └── ReportError     one report can't be read; the run goes on
├── WeightsError        a weights file is missing or isn't what its name and checksum say
├── RecordError         the record can't be opened, or isn't one, or is newer than this program
├── DecisionError       a decision names what the record doesn't have
└── SettingsError       a setting is unknown or has a value that it can't have
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The base of all errors that are reported to a person as one line."""


class InputError(OnrecordError):
    """Something that was to be read can't be."""


class ReportError(InputError):
    """One report can't be read. `path` names it, `reason` says why in plain English."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class WeightsError(OnrecordError):
    """A weights file is missing or isn't what its name and checksum say."""


class RecordError(OnrecordError):
    """The record can't be opened, isn't one, or is newer than this program."""


class DecisionError(OnrecordError):
    """A decision names something that the record doesn't have."""


class SettingsError(OnrecordError):
    """A setting is unknown or has a value that it can't have."""
