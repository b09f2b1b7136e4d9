from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Words
from onrecord.lexicon import list_languages
from onrecord.linking.wording import Wording, find_quoted, split_tokens
from onrecord.linking.wordlists import load_word_lists


def read_keys(text: str, language: str = "en") -> list[str]:
    wording = Wording(Words.of(text, (0, len(text))), text, language, "direct")
    return [token.key for token in split_tokens(wording)]


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "We won’t pay £1,000!", ["we", "will", "not", "pay", "1000"]),
        ("en", "[W]e know the short-sighted", ["we", "know", "the", "short", "sighted"]),
        ("en", "The leaders' plan isn't Bob's", ["the", "leaders", "plan", "is", "not", "bob's"]),
        ("fr", "Qu’il n’ait d’autre choix", ["que", "il", "ne", "ait", "de", "autre", "choix"]),
        ("uk", "П’ять сімей", ["п'ять", "сімей"]),
        ("de", "Straße, STRASSE", ["strasse", "strasse"]),
        ("es", "¿Qué dice usted?", ["qué", "dice", "usted"]),
        ("fr", "été, e\u0301te\u0301", ["été", "été"]),
        ("zh", "我们会赢", ["我", "们", "会", "赢"]),
        ("en", "in 2022 300 people, 50%", ["in", "2022", "300", "people", "50", "%"]),
    ],
)  # fmt: skip
def test_words_and_numbers(language: str, text: str, keys: list[str]) -> None:
    assert read_keys(text, language) == keys


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He called it "a mistake" and "a crime".', ["a mistake", "a crime"]),
        ("Er nannte es „einen Fehler“, ja »ein Verbrechen«.", ["einen Fehler", "ein Verbrechen"]),
        ("C'est « une erreur » d'hier", ["une erreur"]),
        ("He said “they call it ‘a crime’ now”.", ["they call it ‘a crime’ now"]),
        ('It was "a mistake\nand no "crime" at all', ["a mistake", "crime"]),
        ("It's the leaders' plan", []),
        ("It’s ‘a mistake’, he said, and the leaders’ plan", ["a mistake"]),
        ("It's 'a mistake', he said", ["a mistake"]),
    ],
)
def test_quoted_parts(text: str, quoted: list[str]) -> None:
    spans = find_quoted(text, ((0, len(text)),))
    assert [text[slice(*span)] for span in spans] == quoted


def test_quoted_part_whose_marks_lie_outside_the_statement() -> None:
    text = 'It was "a grave mistake", he said.'
    assert find_quoted(text, ((10, 23),)) == ((10, 23),)


@given(st.text(max_size=80), st.sampled_from(["en", "fr", "de", "uk", "zh"]))
def test_tokens_lie_in_the_text_in_order(text: str, language: str) -> None:
    wording = Wording(Words.of(text, (0, len(text))), text, language, "direct")
    tokens = split_tokens(wording)
    assert all(0 <= token.start < token.end <= len(text) and token.key for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@pytest.mark.parametrize("language", list_languages())
def test_every_language_has_lists_that_can_be_found_in_text(language: str) -> None:
    lists = load_word_lists(language)
    assert lists.negations
    assert lists.modals
    assert lists.numbers
    assert lists.pronouns
    for table in ("negations", "modals", "numbers"):
        assert not getattr(lists, table).find(["xyzzy"])
    for key, parts in lists.contractions.items():
        assert read_keys(key, language) == list(parts)
