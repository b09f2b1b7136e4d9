from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dialogues import find_exchanges, read_clause_after, spoken_spans
from onrecord.lexicon import list_languages
from onrecord.reporting import find_verbs

# language, text, speech, clause
DASHED = [
    ("uk", "— Ні, — сказала Анна Берг. — Ніколи.", ["Ні,", "Ніколи."], "сказала Анна Берг."),
    ("uk", "– Ми йдемо, – заявив мер.", ["Ми йдемо,"], "заявив мер."),
    ("uk", "- Ми йдемо, - заявив мер.", ["Ми йдемо,"], "заявив мер."),
    ("ru", "— Куда? — спросил он.", ["Куда?"], "спросил он."),
    ("ru", "— Мост — это всё, — сказал он.", ["Мост — это всё,"], "сказал он."),
    ("ru", "«Нет, — сказал он. — Никогда».", ["«Нет,", "Никогда»"], "сказал он."),
    ("ru", "«Мы, — сказал он, — уходим».", ["«Мы,", "уходим»"], "сказал он,"),
    ("pl", "– Nie wiem – powiedział Jan. – Nie teraz.", ["Nie wiem", "Nie teraz."], None),
    ("pl", "– Nie wiem – powiedział Jan – czy to prawda.", ["Nie wiem", "czy to prawda."], None),
    ("es", "—No —dijo Ana Ruz—. Nunca.", ["No", "Nunca."], "dijo Ana Ruz"),
    ("es", "—¿Quién? —preguntó.", ["¿Quién?"], "preguntó."),
    ("it", "– Chi? – ha chiesto Anna. – Io no.", ["Chi?", "Io no."], "ha chiesto Anna."),
    ("fr", "— Pourquoi ? a demandé Anne Dumas.", ["Pourquoi ?"], "a demandé Anne Dumas."),
    ("fr", "— Il pleut, dit-il.", ["Il pleut,"], "dit-il."),
    ("de", "– Warum?, fragte Anne Sorell.", ["Warum?,"], "fragte Anne Sorell."),
    ("en", "— Why? asked Ann Lee.", ["Why?"], "asked Ann Lee."),
    ("de", "„Wir gehen, sagte Anne Sorell.", ["„Wir gehen,"], "sagte Anne Sorell."),
]


@pytest.mark.parametrize(("language", "text", "speech", "clause"), DASHED)
def test_what_dashes_set_off(language, text, speech, clause):
    (found,) = find_exchanges(text, language)
    assert [text[a:b] for a, b in found.speech] == speech
    assert found.dashed
    if clause is not None:
        assert text[slice(*found.clause)] == clause


NONE = [
    ("uk", "Міст — це символ міста."),
    ("uk", "- Перше питання\n- Друге питання"),
    ("en", "- The bridge will open on Monday, the ministry said.\n- The school will not."),
    ("en", "– Bread\n– Milk, said to be fresh"),
    ("fr", "– la mairie\n– l’école"),
    ("ru", "«Мост — это всё».\n"),
    ("en", "He called it “stupid” and left."),
    ("xx", "— No, — said Ann. — Never."),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_lists_and_prose_are_no_dialogue(language, text):
    assert [one for one in find_exchanges(text, language) if one.dashed] == []


def test_lines_beside_a_sure_one_are_turns_too():
    text = "Розмова:\n— Куди ви йдете?\n— Додому, — відповів він.\n— Чому?\nВони пішли."
    found = find_exchanges(text, "uk")
    assert [text[slice(*one.speech[0])] for one in found] == ["Куди ви йдете?", "Додому,", "Чому?"]
    assert [one.clause is None for one in found] == [True, False, True]


AFTER_MARKS = [
    ("en", "“No,” said Ann Lee.", ["“No,”"]),
    ("en", "“No,” said Ann Lee. “Never.”", ["“No,”", "“Never.”"]),
    ("en", "“No,” said Ann Lee. “Never,” said Bob Ray.", ["“No,”"]),
    ("de", "„Nein“, sagte Ann Lee am Montag.", ["„Nein“"]),
    ("fr", "« Non », a dit Anne Dumas.", ["« Non »"]),
    ("pl", "„Nie” – powiedział Jan Kot.", ["„Nie”"]),
    ("ru", '"Нет", - сказал он.', ['"Нет"']),
]


@pytest.mark.parametrize(("language", "text", "speech"), AFTER_MARKS)
def test_clauses_after_quotation_marks(language, text, speech):
    found = find_exchanges(text, language)[0]
    assert [text[a:b] for a, b in found.speech] == speech
    assert not found.dashed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“Frozen” shows that Ann Lee is right."),
        ("en", "The “Hamburg” said nothing."),
        ("de", "„Die Zeit“ berichtet von Ann Lee."),
    ],
)
def test_a_title_is_no_quotation_with_a_clause(language, text):
    assert find_exchanges(text, language) == []


NESTED = [
    ("en", "“He told me, ‘Go home,’ and left,” she said.", "‘Go home,’"),
    ("ru", "«Врач сказал: „Приходите завтра“, и ушёл», — сказала она.", "„Приходите завтра“"),
    ("fr", "« Il m’a dit : “Rentrez chez vous” », raconte Anne.", "“Rentrez chez vous”"),
]


@pytest.mark.parametrize(("language", "text", "inner"), NESTED)
def test_quotations_within_quotations(language, text, inner):
    found = [one for one in find_exchanges(text, language) if one.inner]
    assert [text[slice(*one.speech[0])] for one in found] == [inner]


def test_what_is_silent_has_no_dialogue():
    text = "— No, — said Ann Lee.\n— Yes, — said Bob Ray."
    found = find_exchanges(text, "en", silent=[(0, text.index("\n"))])
    assert [text[slice(*one.speech[0])] for one in found] == ["Yes,"]


def test_spoken_spans_are_those_of_marks_and_of_dialogues():
    text = "«Нет, — сказал он. — Никогда».\n— Да, — сказала она.\nЗавод «Луч» закрыт."
    spans = [text[a:b] for a, b in spoken_spans(text, "ru")]
    assert spans == ["«Нет,", "Никогда»", "Да,", "«Луч»"]


def test_clauses_after_words_without_marks():
    text = "El agua es potable, señaló Ana Ruz."
    found = read_clause_after(text, text.index(","), "es")
    assert found is not None
    assert text[slice(*found.clause)] == "señaló Ana Ruz."
    assert read_clause_after("El agua es potable hoy.", 5, "es") is None


def test_verbs_of_saying():
    text = "El alcalde dijo que sí y luego negó todo."
    assert [text[a:b] for a, b in find_verbs(text, (0, len(text)), "es")] == ["dijo", "negó"]
    assert find_verbs(text, (0, len(text)), "xx") == []


WORDS = st.sampled_from(["— ", "– ", "-", ", ", ". ", "?", "«", "»", "“", "”", '"', "\n", " "])
SAID = st.sampled_from(["сказал он", "said Ann Lee", "dijo Ana", "Мы идём", "No", "A", "x"])


@given(st.lists(WORDS | SAID, max_size=25).map("".join), st.sampled_from(list_languages()))
def test_any_text_gives_spans_within_it(text, language):
    for one in find_exchanges(text, language):
        assert one.speech
        for start, end in (*one.speech, *([one.clause] if one.clause else [])):
            assert 0 <= start < end <= len(text)
            assert "\n" not in text[start:end]
    spans = spoken_spans(text, language)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
