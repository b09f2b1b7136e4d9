from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dialogues import spoken_spans
from onrecord.quotations import is_closed, quoted_spans, trim_marks
from onrecord.statements.kinds import extend_content, read_quoting
from onrecord.text import QUOTES

QUOTED = [
    ("“It is,” he said. “No.”", ["“It is,”", "“No.”"]),
    ('"It is," he said. "No."', ['"It is,"', '"No."']),
    ("„Es ist so“, sagte er.", ["„Es ist so“"]),
    ("„Es ist so”, sagte er.", ["„Es ist so”"]),
    ('„Es ist so", sagte er.', ['„Es ist so"']),
    ("»Es ist so«, sagte er.", ["»Es ist so«"]),
    ("« C’est ainsi », dit-il.", ["« C’est ainsi »"]),
    ("«\u00a0C’est ainsi\u00a0», dit-il.", ["«\u00a0C’est ainsi\u00a0»"]),
    ("«Так і є», — сказав він.", ["«Так і є»"]),
    ("‹So ist es›, sagte er.", ["‹So ist es›"]),
    ("›So ist es‹, sagte er.", ["›So ist es‹"]),
    ("‚So ist es‘, sagte er.", ["‚So ist es‘"]),
    ("‘It is,’ he said. ‘No.’", ["‘It is,’", "‘No.’"]),
    ("er nannte es 'dumm und laut'. Das ist 'zutiefst' falsch.", ["'dumm und laut'", "'zutiefst'"]),
    ("”Så är det”, sade han.", ["”Så är det”"]),
    ("「そうです」と言った。", ["「そうです」"]),
    ("『そうです』と言った。", ["『そうです』"]),
    (",,So ist es'', sagte er.", [",,So ist es''"]),
    ("``It is,'' he said.", ["``It is,''"]),
    ("“He said ‘no’ and left,” she said.", ["“He said ‘no’ and left,”"]),
    ("„‚Nein‘, sagte er“, berichtet sie.", ["„‚Nein‘, sagte er“"]),
    ("«Он сказал „нет“», — говорит она.", ["«Он сказал „нет“»"]),
    ("‘I saw the allies’ plan,’ he said.", ["‘I saw the allies’ plan,’"]),
    ("'the dogs' plan is good', he said", ["'the dogs' plan is good'"]),
    ("It's the dogs' day and the cats' night, isn't it?", []),
    ("rock 'n' roll of the '90s", []),
    ("She is 5'10\" tall.", []),
    ("“One\n“Two” he said.", ["“One", "“Two”"]),
    ("“One\nTwo” he said.", ["“One", "Two”"]),
    ("“One, he said.\nThe “two” came.", ["“One, he said.", "“two”"]),
    ("“One, he said. “Two” came.", ["“Two”"]),
    ("One” he said.\n“Two”", ["“Two”"]),
    ('he fired (...), "she said. "And then', ['"she said. "']),
    ('"And then the missiles (...), "she said.', ['"And then the missiles (...), "']),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quoted_spans(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == expected


def test_an_odd_mark_costs_no_more_than_its_paragraph() -> None:
    text = "He said “yes and went.\n“No,” she said.\n“Never,” they said."
    assert [text[a:b] for a, b in quoted_spans(text)][1:] == ["“No,”", "“Never,”"]


MARKED = [
    ("“[It is so]”, he said", "direct", "It is so"),
    ("[“It is so,”] he said", "direct", "It is so"),
    ("[“It is so”,] he said", "direct", "It is so"),
    ("[“It is so”] he said [“and will be.”]", "direct", "It is so … and will be."),
    ("he called it [„dumm und laut“]", "direct", "dumm und laut"),
    ("he said [that it was “stupid and loud”]", "mixed", "that it was “stupid and loud”"),
    ("he said [that it was so], too", "indirect", "that it was so"),
    ("he told us [that it was so,] and left", "indirect", "that it was so"),
    ("dit [« qu’il « tient » »]", "direct", "qu’il « tient »"),
    (
        "[« La patience », s’agace-t-il, « coûte »]",
        "mixed",
        "« La patience », s’agace-t-il, « coûte »",
    ),
]


def read_brackets(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for character in marked:
        if character == "[":
            spans.append((len(text), 0))
        elif character == "]":
            spans[-1] = (spans[-1][0], len(text))
        else:
            text += character
    return text, spans


@pytest.mark.parametrize(("marked", "kind", "content"), MARKED)
def test_read_quoting(marked: str, kind: str, content: str) -> None:
    text, spans = read_brackets(marked)
    quoting = read_quoting(text, spans, quoted_spans(text))
    assert (quoting.kind, " … ".join(text[a:b] for a, b in quoting.content)) == (kind, content)


PAIRS = [
    "“”", "„“", "„”", "«»", "»«", "‹›", "›‹", "‚‘", "‚’", "‘’", "''", '""', "「」", "『』", "＂＂",
]  # fmt: skip
"""Marks of English, German, Polish, French, Russian, Swiss, Danish, Chinese and Japanese print."""


@pytest.mark.parametrize("marks", PAIRS)
@pytest.mark.parametrize(
    ("form", "kind", "content"),
    [
        ("[‹We stay here,›] she said", "direct", "We stay here"),
        ("[‹We stay here›,] she said", "direct", "We stay here"),
        ("She said: [‹We stay here. We wait.›]", "direct", "We stay here. We wait."),
        ("[‹We stay›], she said, [‹and we wait›]", "direct", "We stay … and we wait"),
        ("she said [that they would ‹stay here›]", "mixed", "that they would ‹stay here›"),
        ("she said [that they would stay], ‹here›", "indirect", "that they would stay"),
    ],
)
def test_every_pair_of_marks(marks, form, kind, content):
    swap = str.maketrans("‹›", marks)
    text, spans = read_brackets(form.translate(swap))
    quoting = read_quoting(text, spans, quoted_spans(text))
    found = " … ".join(text[a:b] for a, b in quoting.content)
    assert (quoting.kind, found) == (kind, content.translate(swap))


UNBALANCED = [
    ("missing closing mark", "[“We stay here], she said.", "direct", "We stay here"),
    ("missing opening mark", "[We stay here”], she said.", "direct", "We stay here"),
    ("missing opening mark, de", "[Wir bleiben“], sagte sie.", "direct", "Wir bleiben"),
    (
        "the same after a sentence",
        "It rained. [We stay here”], she said.",
        "direct",
        "We stay here",
    ),
    ("a closing mark inside a clause", "she said [they would stay”].", "indirect", None),
    ("two openers", "[“We stay here“], she said.", "direct", "We stay here"),
    ("re-opened", "[“We stay.]\n[“We wait,”] she said.", "direct", "We stay. … We wait"),
    ("not re-opened", "[“We stay.]\n[We wait,”] she said.", "direct", "We stay. … We wait"),
    ("nested", "[“He said ‘no’ to us,”] she said.", "direct", "He said ‘no’ to us"),
    ("the inner one", "“He told us, [‘Go home,’] and left,” she said.", "direct", "Go home"),
    ("nested, one mark ends both", "[“He said ‘no,’”] she said.", "direct", "He said ‘no,’"),
    ("an odd mark elsewhere", 'A 5" nail.\n[“We stay,”] she said.', "direct", "We stay"),
]


@pytest.mark.parametrize(
    ("marked", "kind", "content"),
    [row[1:] for row in UNBALANCED],
    ids=[row[0] for row in UNBALANCED],
)
def test_marks_out_of_balance(marked, kind, content):
    text, spans = read_brackets(marked)
    quoting = read_quoting(text, spans, quoted_spans(text))
    assert quoting.kind == kind
    if content is not None:
        assert " … ".join(text[a:b] for a, b in quoting.content) == content


DIALOGUES = [
    ("uk", "— [Ні, ]— сказав він. — [Ніколи.]", "Ні … Ніколи."),
    ("es", "—[No ]—dijo ella—. [Nunca.]", "No … Nunca."),
    ("fr", "— [Pourquoi ?] a demandé Anne.", "Pourquoi ?"),
    ("ru", "«[Нет, ]— сказал он. — [Никогда»].", "Нет … Никогда"),
]


@pytest.mark.parametrize(("language", "marked", "content"), DIALOGUES)
def test_lines_of_dialogue_are_direct(language, marked, content):
    text, spans = read_brackets(marked)
    quoting = read_quoting(text, spans, spoken_spans(text, language), language=language)
    assert quoting.kind == "direct"
    assert " … ".join(text[a:b] for a, b in quoting.content) == content


def test_a_name_in_marks_is_no_quotation() -> None:
    text, spans = read_brackets("he said [that the “Hamburg” would sail]")
    ship = text.index("Hamburg")
    names = [(ship, ship + 7)]
    assert read_quoting(text, spans, quoted_spans(text)).kind == "mixed"
    assert read_quoting(text, spans, quoted_spans(text), names=names).kind == "indirect"


def test_a_block_quotation_has_no_marks() -> None:
    said = "We have seen this for many years, and I have said so before, again and again."
    text, spans = read_brackets(f"He spoke on Friday.\n[{said}]\nHe left.")
    assert read_quoting(text, spans, [], language="en").kind == "direct"
    text, spans = read_brackets(f"He spoke on Friday. [{said}]\nHe left.")
    assert read_quoting(text, spans, [], language="en").kind == "indirect"


def test_after_a_colon_a_block_quotation_needs_no_first_person() -> None:
    said = "He trabajado treinta años en esta casa y nunca ha sido fácil para nadie."
    text, spans = read_brackets(f"La rectora escribe:\n[{said}]")
    assert read_quoting(text, spans, [], language="es").kind == "direct"
    text, spans = read_brackets(f"La rectora escribe.\n[{said}]")
    assert read_quoting(text, spans, [], language="es").kind == "indirect"


EXTENDED = [
    ("“It [is so],” he said", [], "“It is so,”"),
    ("“[It is] so,” he said", [], "“It is so,”"),
    ("he said [that “it is] so” too", [], "that “it is so”"),
    ("“[It is] so and not otherwise", [], "It is"),
    ("“[It is] so,” he said", ["so"], "“It is"),
    ("he [said] “it is so”", [], "said"),
]


@pytest.mark.parametrize(("marked", "taken", "expected"), EXTENDED)
def test_extend_content(marked: str, taken: list[str], expected: str) -> None:
    text, spans = read_brackets(marked)
    others = [(text.index(word), text.index(word) + len(word)) for word in taken]
    extended = extend_content(text, spans, quoted_spans(text), others)
    assert [text[start:end] for start, end in extended] == [expected]


MARKS = st.text(st.sampled_from(QUOTES + "``,, ..a bS'\n\n(—-"), max_size=60)


@given(MARKS | st.text(max_size=80))
def test_any_text_gives_valid_spans(text: str) -> None:
    spans = quoted_spans(text)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all("\n" not in text[start:end] for start, end in spans)
    for span in spans:
        start, end = trim_marks(text, span)
        assert span[0] <= start <= end <= span[1]
        is_closed(text, span)


@given(MARKS, st.data())
def test_any_content_keeps_within_the_text(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=3))
    content = [(min(pair), max(pair)) for pair in pairs]
    quoted = quoted_spans(text)
    extended = extend_content(text, content, quoted, [])
    for (low, high), (start, end) in zip(content, extended, strict=True):
        assert start <= low <= high <= end
    quoting = read_quoting(text, extended, quoted, language="en")
    for start, end in (*quoting.content, *quoting.quoted):
        assert 0 <= start <= end <= len(text)
