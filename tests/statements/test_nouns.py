from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Attribution
from onrecord.statements.nouns import extend_articles
from onrecord.statements.vocabulary import load_vocabulary


def extend(text, source, language, *, cue=None):
    start = text.index(source)
    cues = ((text.index(cue), text.index(cue) + len(cue)),) if cue else ()
    found = Attribution(((0, 1),), cues, ((start, start + len(source)),))
    (mended,) = extend_articles(text, [found], load_vocabulary(language))
    return text[slice(*mended.source[0])]


@pytest.mark.parametrize(
    ("text", "source", "language", "cue", "expected"),
    [
        ("« Non », a dit la ministre.", "la", "fr", None, "la ministre"),
        (
            "A dit la directrice du port, Ada Roi, hier.",
            "la",
            "fr",
            None,
            "la directrice du port, Ada Roi",
        ),
        ("Oui, l’armateur répète.", "l’", "fr", "répète", "l’armateur"),
        ("«No», dijo el alcalde, Blas Cruz.", "el", "es", None, "el alcalde, Blas Cruz"),
        ("Según el alcalde, la obra sigue.", "el", "es", None, "el alcalde"),
        ("Il ministro tace.", "Il", "it", "tace", "Il ministro"),
        ("The minister said no.", "The", "en", "said", "The minister"),
        ("Die Chefin sagte nein.", "Die", "de", "sagte", "Die Chefin"),
        ("The minister said no.", "The minister", "en", "said", "The minister"),
        ("«Ні», сказав він.", "він", "uk", None, "він"),
    ],
)
def test_an_article_is_drawn_out_to_its_noun_and_name(text, source, language, cue, expected):
    assert extend(text, source, language, cue=cue).strip() == expected


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80), st.sampled_from(["fr", "xx"]))
def test_spans_stay_in_the_text_and_never_shrink(text, one, other, language):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = Attribution(((0, 0),), (), ((start, end),))
    (mended,) = extend_articles(text, [found], load_vocabulary(language))
    ((low, high),) = mended.source
    assert low == start
    assert end <= high <= len(text)
