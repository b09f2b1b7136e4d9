from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon, list_languages, load_lexicon


def test_languages_with_a_file_are_listed():
    languages = list_languages()
    assert {"de", "en", "uk"} <= set(languages)
    assert list(languages) == sorted(languages)


@pytest.mark.parametrize("language", list_languages())
def test_every_file_is_read(language):
    lexicon = load_lexicon(language)
    assert lexicon.language == language
    assert lexicon.tables


@pytest.mark.parametrize("language", ["", "xx", "../en", "en.toml", "EN\x00", "e\ud800n", "und"])
def test_a_language_without_a_file_has_empty_lists(language):
    lexicon = load_lexicon(language)
    assert lexicon == Lexicon(language, {})
    assert lexicon.words("answers", "cues") == ()
    assert lexicon.table("names", "honorifics") == {}


def test_words_and_tables():
    lexicon = Lexicon("xx", {"a": {"list": ["one", "two"], "table": {"one": 1}}})
    assert lexicon.words("a", "list") == ("one", "two")
    assert lexicon.words("a", "none") == lexicon.words("b", "list") == ()
    assert lexicon.table("a", "table") == {"one": 1}
    assert lexicon.table("b", "table") == {}
