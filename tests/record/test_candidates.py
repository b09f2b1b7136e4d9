from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.linked import write_links

from onrecord.domain import Links, Utterance
from onrecord.record import search
from onrecord.record.search import find_alike, find_candidates

MEANS = {"en": np.array([9, 0, 0], np.float32), "de": np.array([0, 9, 0], np.float32)}
NOWHERE = np.array([0, 0, 0], np.float32)
ROWS = {
    "s1": ("en", "We will not close the harbour.", (9, 0, 1)),
    "s2": ("de", "Wir schließen den Hafen nicht.", (0, 9, 2)),
    "s3": ("en", "Oranges are cheap this week.", (9, 3, 0)),
    "s4": ("de", "Es regnet.", None),
}


@pytest.fixture
def shelf(record, make):
    for one, (language, text, vector) in ROWS.items():
        report = make.report(f"r{one}", text, language=language)
        stored = None if vector is None else np.array(vector, np.float32)
        make.store(record, report, make.statement(one, report.id, text, vector=stored))
    return record


def mean_of(language):
    return MEANS[language]


def ids(hits):
    return [hit.id for hit in hits]


@pytest.mark.parametrize("batch", [1, 2, 4096])
def test_statements_alike_are_found_across_languages(shelf, monkeypatch, batch):
    monkeypatch.setattr(search, "_BATCH", batch)
    hits = find_alike(shelf, np.array([0, 0, 1], np.float32), mean_of=mean_of)
    assert ids(hits) == ["s1", "s2", "s3"]
    assert [hit.score for hit in hits] == pytest.approx([1, 1, 0])
    one = find_alike(shelf, np.array([0, 1, 0], np.float32), mean_of=mean_of, limit=1)
    assert ids(one) == ["s3"]


def test_a_record_without_vectors_has_nothing_alike(record, make):
    make.store(record, make.report("r1"), make.statement("s1", "r1"))
    assert find_alike(record, NOWHERE, mean_of=mean_of) == []


def test_candidates_are_near_copies_words_alike_and_their_companions(shelf):
    write_links(
        shelf,
        Links(utterances=(Utterance("u1", None, None, ("s1", "s4"), "s1", None),)),
    )
    vector = np.array([0, 0, 1], np.float32)
    wet = find_candidates(shelf, "Es regnet", vector, mean_of=mean_of, limit=1)
    assert wet == ["s4", "s1"]
    cheap = find_candidates(shelf, "Oranges are cheap", vector, mean_of=mean_of, limit=1)
    assert cheap == ["s3", "s1", "s4"]


@given(text=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_an_error(shelf, text):
    assert find_candidates(shelf, text, NOWHERE, mean_of=mean_of)
