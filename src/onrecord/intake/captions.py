"""Photo credits and the captions that carry one."""

from __future__ import annotations

import re

from onrecord.intake.phrases import load_phrases

_LONGEST = 400  # characters; AP captions, the longest, run to some 350
_CREDIT = 80
_LAST_SENTENCE = re.compile(r"[.!?…]\s+([^.!?…]+)[.]?$")
_TOKEN = re.compile(r"[\w.'’-]+")
_PARTICLES = re.compile(
    "via|by|de|del|della|di|da|van|von|der|den|la|le|el|al|bin|ibn|and|und|et|y|e|i|та|и|о"
)


def is_credit(line: str) -> bool:
    """Whether a line is nothing but a photo credit: "Photo: A. Doe/dpa", "Getty Images"."""
    phrases = load_phrases()
    label = phrases.credit_label.match(line)
    rest = (line[label.end() :] if label is not None else line).strip(" ()[].©")
    if not rest or len(rest) > _CREDIT:
        return False
    if label is not None:
        return are_names(rest)
    if phrases.agency.fullmatch(rest) and "©" not in line:
        return False
    return phrases.photo_agency.fullmatch(rest) is not None or (
        are_names(rest) and _ends_in_agency(rest)
    )


def is_caption(line: str) -> bool:
    """Whether a line says that it is a caption: by how it begins, or by a photo credit in it.

    Agencies in brackets after a last sentence, "(dpa/AFP)", sign the report and are no caption.
    """
    phrases = load_phrases()
    if len(line) > _LONGEST:
        return False
    if phrases.caption_start.match(line) or phrases.credit_label.match(line):
        return True
    for label in phrases.credit_label.finditer(line):
        rest = line[label.end() :]
        after_stop = line[: label.start()].rstrip(" (")[-1:] in '.!?…»”"'
        if (
            line[label.start()].isupper()
            and len(rest) <= _CREDIT
            and (after_stop or are_names(rest))
        ):
            return True
    if "©" in line[1:] and are_names(line.rpartition("©")[2]):
        return True
    last = _LAST_SENTENCE.search(line)
    if last is not None and phrases.photo_agency.fullmatch(last.group(1)):
        return phrases.agency.fullmatch(last.group(1)) is None
    return _ends_in_agency(line.rstrip(" ).]"))


def are_names(words: str) -> bool:
    """Whether `words` are names only: capitals throughout but for particles, and not many."""
    if len(words) > _CREDIT:
        return False
    tokens = [
        token for token in _TOKEN.findall(words) if not _PARTICLES.fullmatch(token.casefold())
    ]
    return 1 <= len(tokens) <= 8 and not any(
        token[0].islower() and not _is_agency(token) for token in tokens
    )


def _ends_in_agency(line: str) -> bool:
    """Whether a line ends in "Name/Agency", and not in agencies alone."""
    phrases = load_phrases()
    first, *others = re.split(r"\s?/\s?", line[-_CREDIT:])
    if not others:
        return re.search(r"\bvia (?:Getty|AP|Reuters|AFP)[\w ]*$", line) is not None
    pieces = [first.rpartition("(")[2].strip(), *others]
    if all(phrases.agency.fullmatch(piece) for piece in pieces):
        return False
    if any(phrases.photo_agency.fullmatch(piece) for piece in others):
        return all(are_names(piece) for piece in others)
    signed = re.search(r"(?:AP|AFP|Reuters|EPA|dpa) ?Photo$", pieces[0], re.IGNORECASE)
    return signed is not None and all(are_names(piece) for piece in others)


def _is_agency(token: str) -> bool:
    return load_phrases().photo_agency.fullmatch(token) is not None
