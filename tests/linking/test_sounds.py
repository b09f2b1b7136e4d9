from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.sounds import (
    MOST_FAINT,
    are_alike,
    find_script,
    find_skeletons,
    spell_pinyin,
    spell_sounds,
    strip_to_bones,
)

SOUNDS = st.text(alphabet="aeiouAOUhgjyiSCXckszTbdfvlmnprt", min_size=1, max_size=10)
SCRIPTS = st.sampled_from(["LATIN", "CYRILLIC", "ARABIC", "HEBREW"])


@given(SOUNDS, SOUNDS, SCRIPTS, SCRIPTS)
def test_words_that_are_alike_share_a_skeleton(one, other, mine, yours):
    if are_alike(one, other, (mine, yours)):
        assert not find_skeletons(one, mine).isdisjoint(find_skeletons(other, yours))
        assert strip_to_bones(one) == strip_to_bones(other)


@given(SOUNDS, SOUNDS, SCRIPTS, SCRIPTS)
def test_likeness_goes_both_ways(one, other, mine, yours):
    assert are_alike(one, other, (mine, yours)) is are_alike(other, one, (yours, mine))


def test_too_many_faint_sounds_are_alike_only_if_the_same():
    long = "hj" * MOST_FAINT
    assert are_alike(long, long)
    assert not are_alike(long, long[:-1])
    assert find_skeletons(long) == {long}


@pytest.mark.parametrize(
    ("pinyin", "cyrillic"),
    [
        ("Xi", "Си"), ("Jinping", "Цзиньпин"), ("Qian", "Цянь"), ("Zhang", "Чжан"),
        ("Zemin", "Цзэминь"), ("Cao", "Цао"), ("Keqiang", "Кэцян"),
    ],
)  # fmt: skip
def test_pinyin_sounds_as_cyrillic_writes_it(pinyin, cyrillic):
    assert are_alike(spell_pinyin(pinyin), spell_sounds(cyrillic), ("LATIN", "CYRILLIC"))


def test_scripts():
    assert [find_script(word) for word in ("Holt", "Гольт", "محمد", "习")] == [
        "LATIN",
        "CYRILLIC",
        "ARABIC",
        "CJK",
    ]
