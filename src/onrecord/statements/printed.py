"""Names that the tagger missed, found from the sources it did tag and from names it found once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.domain import Name, Report, Span, Tagging
from onrecord.lexicon import load_lexicon
from onrecord.statements.spelling import fold_word
from onrecord.statements.vocabulary import Role, Vocabulary, load_agencies, load_vocabulary
from onrecord.text import QUOTES, overlap

_SCORE = 0.5
_LONGEST = 4
_SHORTEST = 4
_SHORTEST_RUN = 2
_APART = 3
_INITIALS = 3
_COMPLEMENT = 5
_CLOSED = (",", ".", ";", ")", "»", "”", ":", "\n")
_WINDOW = 80
"""How far after a role, in characters, a name may reach."""
_EDGES = QUOTES + ".,;:()[] \n\u00a0"


def complete_names(report: Report, tagging: Tagging) -> tuple[Name, ...]:
    """The tagged names of a report, with those that its sources and its own repetitions add.

    1. A pronoun, an article or a title alone is no name, whatever the tagger says.
    2. A source of capitals after a role or title, or of nothing but capitals, is a name; so are
       two capitals or more right after a role anywhere, or with a role set off by a comma, and
       one after a role that stands elsewhere too.
    3. Wherever the surname of a person stands again, that is a mention too.
    """
    words = load_vocabulary(report.language)
    names = [name for name in tagging.names if not _is_empty(report.text, name.span, words)]
    for attribution in tagging.attributions:
        for source in attribution.source:
            names = [_extend_name(report.text, name, source, words) for name in names]
            if not any(overlap(name.span, source) for name in names):
                names += _read_name(report.text, source, words)
    roles = words.find_roles(report.text)
    names += _find_titled(report.text, names, roles, words)
    names += _find_described(report.text, names, roles, words)
    names += _find_again(report.text, names, words)
    return tuple(sorted(names, key=lambda name: name.span))


def _is_empty(text: str, span: Span, words: Vocabulary) -> bool:
    """Whether a name has no word that could name somebody."""
    found = [text[start:end] for start, end in words.find_tokens(text, *span)]
    return all(
        words.find_code(word)
        or words.is_article(word)
        or word.lower().strip(".") in words.honorifics
        for word in found
    )


def _extend_name(text: str, name: Name, source: Span, words: Vocabulary) -> Name:
    """A person's name with the capitals of its source that go on where it was cut off."""
    inside = source[0] <= name.span[0] and name.span[1] < source[1]
    if not inside or name.type != "person" or " " in text[slice(*name.span)]:
        return name
    run, titled = _read_run(text, (name.span[0], source[1]), words)
    if titled or not 1 < len(run) <= _LONGEST or run[0] != name.span:
        return name
    known = any(_is_known(text[start:end], words) for start, end in run[1:])
    return name if known else Name((name.span[0], run[-1][1]), name.type, name.score)


def _find_titled(
    text: str, names: Sequence[Name], roles: Sequence[Role], words: Vocabulary
) -> list[Name]:
    """Given name and surname right after a role ("Foreign Minister Anna Berg") that aren't tagged.

    Where all nouns have capitals they have to follow it at once, and none may be a role.
    """
    taken = sorted(name.span for name in names)
    added = []
    for role in roles:
        line = text.find("\n", role.span[1])
        high = min(role.span[1] + _WINDOW, len(text) if line < 0 else line)
        run, _ = _read_run(text, (role.span[1], high), words)
        apart = not run or bool(text[role.span[1] : run[0][0]].strip(" \u00a0"))
        if apart:
            run = _read_apposed(text, (role.span[1], high), words)
        while run and words.find_states(text[slice(*run[0])]):
            del run[0]
        if any(overlap(one, other) for one in run for other in taken):
            continue
        if _may_be_name(text, run, words) or (not apart and _may_be_surname(text, run, words)):
            added.append(Name((run[0][0], run[-1][1]), "person", _SCORE))
            taken.append(added[-1].span)
    return added


def _read_apposed(text: str, part: Span, words: Vocabulary) -> list[Span]:
    """The capitals between a role's phrase and a mark ("the minister of ports, Pia Toll, said")."""
    comma = text.find(",", *part)
    if comma < 0 or len(words.find_tokens(text, part[0], comma)) > _COMPLEMENT:
        return []
    run, _ = _read_run(text, (comma + 1, part[1]), words)
    if not run or text[comma + 1 : run[0][0]].strip(" \u00a0"):
        return []
    return run if text[run[-1][1] : run[-1][1] + 1] in _CLOSED else []


def _find_described(
    text: str, names: Sequence[Name], roles: Sequence[Role], words: Vocabulary
) -> list[Name]:
    """Given name and surname right before a comma and a role ("Pia Toll, secretary of")."""
    taken = [name.span for name in names]
    added = []
    for role in roles:
        ahead = text[max(0, role.span[0] - _WINDOW) : role.span[0]].rpartition("\n")[2]
        before, comma, between = ahead.rpartition(",")
        apart = words.find_tokens(between)
        if not comma or len(apart) > _APART or any(between[low].isupper() for low, _ in apart):
            continue
        end = role.span[0] - len(between) - 1
        run, first = _read_back(text, end, end - len(before), words)
        article = bool(first) and words.is_article(first)
        if article or not _may_be_name(text, run, words):
            continue
        if not any(overlap(one, other) for one in run for other in taken):
            added.append(Name((run[0][0], run[-1][1]), "person", _SCORE))
            taken.append(added[-1].span)
    return added


def _read_back(text: str, end: int, low: int, words: Vocabulary) -> tuple[list[Span], str]:
    """The capitals that end at a place, and the word before them."""
    tokens = words.find_tokens(text, low, end)
    run: list[Span] = []
    while tokens and text[tokens[-1][0]].isupper():
        if text[tokens[-1][1] : run[0][0] if run else end].strip(" .\u00a0"):
            return run, ""
        run.insert(0, tokens.pop())
    return run, text[slice(*tokens[-1])] if tokens else ""


def _may_be_surname(text: str, run: Sequence[Span], words: Vocabulary) -> bool:
    """Whether a lone capital after a role is a name: there more than once, never small, no day."""
    if len(run) != 1 or run[0][1] - run[0][0] < _SHORTEST:
        return False
    word = text[slice(*run[0])]
    lexicon = load_lexicon(words.language)
    days = [lexicon.table("calendar", name) for name in ("weekdays", "months")]
    if word.isupper() or _is_known(word, words) or any(word.lower() in table for table in days):
        return False
    places = re.findall(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return len(places) > 1 and not _is_written_small(text, word)


def _may_be_name(text: str, run: Sequence[Span], words: Vocabulary) -> bool:
    """Whether capitals are a full name: as many as one has, none known as something else."""
    parts = [text[start:end] for start, end in run]
    if not _SHORTEST_RUN <= len(parts) <= _LONGEST or any(part.isupper() for part in parts):
        return False
    return not any(_is_known(part, words) or _is_written_small(text, part) for part in parts)


def _read_name(text: str, source: Span, words: Vocabulary) -> list[Name]:
    """The name in a source, before a comma or else right after it ("her aide, Jake Sullivan")."""
    low, high = source
    while low < high and text[low] in _EDGES:
        low += 1
    comma = text.find(",", low, high)
    parts = [(low, high)] if comma < 0 else [(low, comma), (comma + 1, high)]
    for start, end in parts:
        name = _read_part(text, (start, end), words)
        if name is not None:
            return [name]
    return []


def _read_part(text: str, part: Span, words: Vocabulary) -> Name | None:
    low, high = part
    tokens = words.find_tokens(text, low, high)
    if tokens and words.is_article(text[tokens[0][0] : tokens[0][1]]):
        low = tokens[0][1]
    roles = words.find_roles(text[low:high])
    start = max((low + role.span[1] for role in roles), default=low)
    run, titled = _read_run(text, (start, high), words)
    if not 1 <= len(run) <= _LONGEST:
        return None
    span = (run[0][0], run[-1][1])
    if text[span[0] : span[1]] in load_agencies():
        return Name(span, "organisation", _SCORE)
    if _is_known(text[span[0] : span[1]], words):
        return None
    whole = not any(character.isalnum() for character in text[span[1] : high])
    if not whole and len(run) > 1 and not words.compounds:
        follow = words.find_tokens(text, span[1], high)[:1]
        whole = any(words.is_in("complements", text[a:b]) for a, b in follow)
    if titled or start > low or (whole and len(run) > 1):
        return Name(span, "person", _SCORE)
    if whole and _looks_like_name(text, span, words):
        return Name(span, "person", _SCORE)
    return None


def _read_run(text: str, part: Span, words: Vocabulary) -> tuple[list[Span], bool]:
    """The capitals at the beginning of a part, after the last title among them.

    A first word that the report also writes small ("While Berg") is none of them.
    """
    run: list[Span] = []
    for token in words.find_tokens(text, *part):
        if run and text[run[-1][1] : token[0]].strip(" .\u00a0"):
            break
        if run and "." in text[run[-1][1] : token[0]] and not _is_short(text, run[-1], words):
            break
        if not text[token[0]].isupper():
            break
        run.append(token)
    titles = [n for n, (a, b) in enumerate(run) if text[a:b].lower().strip(".") in words.honorifics]
    if titles:
        return run[titles[-1] + 1 :], True
    if len(run) > 1 and _is_written_small(text, text[run[0][0] : run[0][1]]):
        return run[1:], False
    return run, False


def _is_short(text: str, token: Span, words: Vocabulary) -> bool:
    """Whether a full stop after a word is no end of a sentence: an initial, a title."""
    word = text[slice(*token)]
    return len(word) < _INITIALS or word.lower() in words.honorifics


def _is_written_small(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) is not None


def _is_known(phrase: str, words: Vocabulary) -> bool:
    """Whether a phrase has words that are no person's: an office, a text, a state, a pronoun."""
    patterns = (words.groups, words.bodies, words.documents, words.outlets, words.roles)
    if any(pattern.search(phrase) for pattern in patterns):
        return True
    if words.find_states(phrase) or words.find_unions(phrase):
        return True
    lowered = phrase.lower()
    return bool(words.find_code(phrase)) or words.is_article(phrase) or lowered in words.honorifics


def _looks_like_name(text: str, span: Span, words: Vocabulary) -> bool:
    """Whether a lone capital is a name: never small in this text, and there more than once.

    In a language that writes all nouns with capitals it has to follow a role somewhere.
    """
    word = text[span[0] : span[1]]
    if not words.language or _is_written_small(text, word):
        return False
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}", text)]
    if words.compounds:
        return any(_given_before(text, place, words) is not None for place in places)
    return len(places) > 1 or not word.lower().endswith(
        tuple(words.words.get("plural_endings", ()))
    )


def _find_again(text: str, names: Sequence[Name], words: Vocabulary) -> list[Name]:
    """Further places of the surnames of people, with the given name where one stands before."""
    taken = sorted(name.span for name in names)
    added: list[Name] = []
    for surname in _list_surnames(text, names, words):
        endings = "|".join(map(re.escape, words.endings)) or "(?!)"
        pattern = re.compile(rf"(?<![\w-]){re.escape(surname)}(?:{endings})?(?!\w)")
        for match in pattern.finditer(text):
            if any(overlap(match.span(), span) for span in taken):
                continue
            start = _given_before(text, match.start(), words)
            span = (match.start() if start is None else start, match.end())
            if any(overlap(span, other) for other in taken):
                span = match.span()
            taken.append(span)
            added.append(Name(span, "person", _SCORE))
    return added


def _list_surnames(text: str, names: Iterable[Name], words: Vocabulary) -> list[str]:
    found: dict[str, None] = {}
    others = {
        fold_word(part)
        for name in names
        if name.type != "person"
        for part in text[name.span[0] : name.span[1]].split()
    }
    for name in names:
        tokens = words.find_tokens(text, *name.span) if name.type == "person" else []
        surname = text[tokens[-1][0] : tokens[-1][1]] if tokens else ""
        for ending in ("'s", "’s"):
            surname = surname.removesuffix(ending)
        if len(surname) >= _SHORTEST and surname[0].isupper() and not _is_known(surname, words):
            found.setdefault(surname)
    return [surname for surname in found if fold_word(surname) not in others]


def _given_before(text: str, place: int, words: Vocabulary) -> int | None:
    """Where the given name before a surname begins: a capital that itself follows a role."""
    low = text.rfind("\n", 0, place) + 1
    tokens = words.find_tokens(text, max(low, place - 60), place)
    if not tokens or text[tokens[-1][1] : place].strip(" \u00a0"):
        return None
    given = text[tokens[-1][0] : tokens[-1][1]]
    if not given[0].isupper() or given.isupper() or _is_known(given, words):
        return None
    if _is_written_small(text, given):
        return None
    ahead = text[max(low, tokens[-1][0] - 40) : tokens[-1][0]].rstrip()
    roles = words.find_roles(ahead)
    after_role = bool(roles) and roles[-1].span[1] == len(ahead)
    pair = text[tokens[-1][0] : place]
    usual = text.count(pair + text[place : place + _SHORTEST]) > 1
    return tokens[-1][0] if after_role or usual else None
