"""Intake: bytes to reports.

A report's text is what was read: for plain text the decoded file without its byte-order mark, for
HTML the words of the page block by block, for a feed entry its title and content. Zones mark what
is the report's own and what belongs to the page around it; nothing is deleted.
"""

from onrecord.intake.files import find_files, read_reports
from onrecord.intake.language import detect_language

__all__ = ["detect_language", "find_files", "read_reports"]
