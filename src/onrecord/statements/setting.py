"""To whom, through which channel and where something was said, from the words around its cue.

Reads the templates of a language's `[setting]` section. Kept narrow: it would rather leave a field
empty than fill it with something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.domain import Attribution, Name, Report, Span, Words
from onrecord.lexicon import load_lexicon
from onrecord.statements.addressees import Addressee, complete_tagged, find_addressee
from onrecord.statements.clauses import Clauses, find_clauses, leads_to
from onrecord.statements.phrases import BLANK, compile_words, find_phrases
from onrecord.text import CLOSING, overlap

_TOKEN = r"[^\W\d_][\w.'’&/-]*"
_NAME = rf"(?P<quote>[„“«‚‘\"])?(?P<name>{_TOKEN}(?:{BLANK}{_TOKEN}){{0,6}})"
_NAMES = re.compile(rf"(?<!\w)(?=(?P<name>(?P<first>{_TOKEN})(?:{BLANK}{_TOKEN}){{0,6}}))")
_QUOTED = re.compile(rf"{BLANK}[„“«\"][^„“”«»\"\n\0]{{1,40}}[“”»\"]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Setting:
    """To whom, through which channel and where something was said, as far as the report says.

    `addressed` is the addressee where the cue itself is done to them ("accused", "appealed to");
    `clauses` are those that it was read from.
    """

    addressee: Words | None = None
    channel: Words | None = None
    place: Words | None = None
    addressed: Words | None = None
    clauses: Clauses | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SettingBook:
    """The templates of one language, ready for use."""

    channels: tuple[re.Pattern[str], ...]
    addressees: tuple[re.Pattern[str], ...]
    before_place: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    descriptors: frozenset[str]
    particles: frozenset[str]
    calendar: frozenset[str]
    not_places: frozenset[str]
    places_need_names: bool


@dataclass(frozen=True, slots=True)
class _Find:
    """A template's words and those in them that name who was spoken to."""

    span: Span
    addressee: Span | None


def find_setting(
    report: Report,
    attribution: Attribution,
    *,
    names: Sequence[Name] | None = None,
    others: Sequence[Attribution] = (),
) -> Setting:
    """The addressee, channel and place that the sentence around the cue gives.

    An addressee that grammar finds goes before one that was tagged. With the tagger's `names` a
    place has to be one of them. `others` are the attributions of the report, whose contents don't
    count.
    """
    clauses = find_clauses(report, attribution, others)
    if clauses is None:
        return Setting()
    book = load_setting_book(report.language)
    source = attribution.source
    channel = _find_nearest(clauses, _find_all(clauses, book.channels, book, source))
    spoken_to = _find_nearest(
        clauses, _find_all(clauses, book.addressees, book, source), furthest=0
    )
    found = _find_addressee(clauses, report, attribution, names or (), others)
    if found is not None and channel is not None and channel.addressee is None:
        found = None if overlap(found.span, channel.span) else found
    spans = [find.addressee for find in (spoken_to, channel) if find is not None]
    addressee = found.span if found is not None else next(iter(spans), None)
    taken = [*attribution.source, *attribution.cue]
    taken += [] if found is None else [found.span]
    taken += [find.span for find in (spoken_to, channel) if find is not None]
    places = _name_places(clauses, book) if names is None else _check_places(clauses, book, names)
    place = _choose_place(clauses, report.language, places, taken)
    return Setting(
        addressee=_words(report, addressee),
        channel=_words(report, None if channel is None else channel.span),
        place=_words(report, place),
        addressed=_words(report, found.span if found is not None and found.by_cue else None),
        clauses=clauses,
    )


def _find_addressee(
    clauses: Clauses,
    report: Report,
    attribution: Attribution,
    names: Sequence[Name],
    others: Sequence[Attribution],
) -> Addressee | None:
    """Whom grammar finds, all that was tagged of them, or else who was tagged."""
    language = report.language
    found = find_addressee(clauses, attribution, language, names=names)
    tagged = complete_tagged(clauses, attribution, language, names=names, others=others)
    if found is None or tagged is None or not overlap(found.span, tagged.span):
        return found or tagged
    span = (min(found.span[0], tagged.span[0]), max(found.span[1], tagged.span[1]))
    return Addressee(span, found.by_cue)


@cache
def load_setting_book(language: str) -> SettingBook:
    """The setting book of a language; empty for a language without word lists."""
    lexicon = load_lexicon(language)

    def fold(name: str, section: str = "setting") -> frozenset[str]:
        return frozenset(word.lower() for word in lexicon.words(section, name))

    platforms = "|".join(lexicon.words("setting", "platforms"))
    descriptors = "|".join(lexicon.words("setting", "descriptors"))
    return SettingBook(
        channels=_compile(lexicon.words("setting", "channels"), platforms),
        addressees=_compile(lexicon.words("setting", "addressees"), platforms),
        before_place=compile_words(
            lexicon.words("setting", "places"),
            before=r"(?<!\w)",
            after=rf"{BLANK}(?:(?:{descriptors or '(?!)'}){BLANK})*\Z",
        ),
        opening=compile_words(
            lexicon.words("setting", "places"),
            before=rf"(?:(?:{'|'.join(lexicon.words('setting', 'speaking')) or '(?!)'}){BLANK})?",
            after=rf"{BLANK}(?:(?:{descriptors or '(?!)'}){BLANK})*\Z",
        ),
        descriptors=fold("descriptors"),
        particles=fold("particles"),
        calendar=fold("months", "calendar") | fold("weekdays", "calendar"),
        not_places=fold("not_places"),
        places_need_names=bool(lexicon.tables.get("setting", {}).get("places_need_names", False)),
    )


def _compile(templates: Sequence[str], platforms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(
            r"(?<!\w)(?:"
            + template.replace("{platform}", f"(?:{platforms or '(?!)'})")
            .replace(" ", BLANK)
            .replace("{name}", _NAME)
            + r")(?!\w)",
            re.IGNORECASE,
        )
        for template in templates
    )


def _find_all(
    clauses: Clauses,
    templates: Sequence[re.Pattern[str]],
    book: SettingBook,
    source: Sequence[Span],
) -> list[_Find]:
    """What the templates find outside the source ("the party's leader in parliament")."""
    return [
        find
        for template in templates
        for match in template.finditer(clauses.text)
        if (find := _read_match(match, clauses, book)) is not None
        and not any(overlap(find.span, span) for span in source)
    ]


def _find_nearest(
    clauses: Clauses, finds: Sequence[_Find], *, furthest: int | None = None
) -> _Find | None:
    """The find nearest to the cue; of those equally near the longest."""
    near = [find for find in finds if clauses.distance(find.span, furthest=furthest) is not None]
    return min(near, key=lambda find: _rank(clauses, find.span), default=None)


def _rank(clauses: Clauses, span: Span) -> tuple[int, int, int]:
    return (clauses.distance(span) or 0, clauses.count_apart(span), span[0] - span[1])


def _read_match(match: re.Match[str], clauses: Clauses, book: SettingBook) -> _Find | None:
    """The find in places of the report; None where a template's name is none."""
    start, end = match.span()
    spoken_to = None
    if match.groupdict().get("name") is not None:
        cut = _cut_name(match["name"], book)
        if cut is None:
            return None
        first, after, _ = cut
        spoken_to = (match.start("name") + first, match.start("name") + after)
        end = spoken_to[1]
        if match["quote"] and clauses.text[end : end + 1] in (*CLOSING, '"'):
            end += 1
        elif (quoted := _QUOTED.match(clauses.text, end)) is not None:
            spoken_to, end = (spoken_to[0], quoted.end()), quoted.end()
    elif match.re.groups and match.lastindex is not None:
        spoken_to = match.span(1)
    low = clauses.offset
    addressee = None if spoken_to is None else (spoken_to[0] + low, spoken_to[1] + low)
    return _Find((start + low, end + low), addressee)


def _cut_name(words: str, book: SettingBook) -> tuple[int, int, int] | None:
    """Where a name in these words begins, ends, and has its first word with a capital.

    Descriptions may stand before the name ("the newspaper"); months and weekdays end it.
    """
    tokens = list(re.finditer(r"\S+", words))
    first = 0
    while first < len(tokens) and tokens[first][0].lower() in book.descriptors:
        first += 1
    last = None
    for number in range(first, len(tokens)):
        token = tokens[number][0]
        if token.lower().strip(".") in book.calendar:
            break
        if token[0].isupper():
            last = number
        elif token.lower() not in book.particles or last is None:
            break
    if last is None or not tokens[first][0][0].isupper():
        return None
    end = tokens[last].start() + len(_POSSESSIVE.sub("", tokens[last][0].rstrip(".-/&")))
    return tokens[0].start(), end, tokens[first].start()


def _name_places(clauses: Clauses, book: SettingBook) -> list[Span]:
    """Names behind a preposition of place, in languages where that is enough."""
    if book.before_place is None or book.places_need_names:
        return []
    spans = []
    for match in _NAMES.finditer(clauses.text):
        start = match.start()
        cut = _cut_name(match["name"], book)
        if cut is None or cut[2] > 0 or match["first"].lower() in book.not_places:
            continue
        if book.before_place.search(clauses.text[:start][-60:]):
            spans.append((start + clauses.offset, start + cut[1] + clauses.offset))
    return spans


def _check_places(clauses: Clauses, book: SettingBook, names: Sequence[Name]) -> list[Span]:
    """The tagger's names of places that stand behind a preposition of place."""
    return [
        name.span
        for name in names
        if name.type == "place"
        and book.before_place is not None
        and clauses.offset <= name.span[0] < name.span[1] <= clauses.offset + len(clauses.text)
        and "\0" not in clauses.cut(*name.span)
        and book.before_place.search(clauses.cut(clauses.offset, name.span[0])[-60:])
    ]


def _choose_place(
    clauses: Clauses, language: str, places: Sequence[Span], taken: Sequence[Span]
) -> Span | None:
    """The place behind the cue in its clause, or at the head of its clause or the one before."""
    free = [
        span
        for span in places
        if not any(overlap(span, other) for other in taken)
        and (_follows_cue(clauses, span, language) or _opens_clause(clauses, span, language))
    ]
    return min(free, key=lambda span: _rank(clauses, span), default=None)


def _follows_cue(clauses: Clauses, span: Span, language: str) -> bool:
    near = clauses.distance(span, furthest=0) is not None and clauses.anchor[1] <= span[0]
    return near and leads_to(language, clauses.cut_way(span))


def _opens_clause(clauses: Clauses, span: Span, language: str) -> bool:
    """Whether only a preposition, with "speaking" or a date before it, leads to the place."""
    if clauses.distance(span, furthest=1) is None or clauses.anchor[0] < span[0]:
        return False
    opening = load_setting_book(language).opening
    way = clauses.cut_way(span)
    for phrase in find_phrases(way, language):
        way = (
            way[: phrase.span[0]] + " " * (phrase.span[1] - phrase.span[0]) + way[phrase.span[1] :]
        )
    return opening is not None and opening.match(way.lstrip()) is not None


def _words(report: Report, span: Span | None) -> Words | None:
    return None if span is None else Words.of(report.text, span)
