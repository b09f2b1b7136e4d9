"""Written sentences of eight languages, with the floors of benchmarks/floors.toml."""

from __future__ import annotations

import pytest
from benchmarks.gold import find_spans
from benchmarks.languages import (
    FIGURES,
    list_languages,
    make_passage_report,
    read_floors,
    read_passages,
    score_language,
)

FLOORS = read_floors()
LEAST_PASSAGES = 20


@pytest.fixture(scope="module", params=sorted(FLOORS))
def language(request):
    return request.param


@pytest.fixture(scope="module")
def figures(language, encoder):
    return score_language(language, encoder).measure()


@pytest.mark.parametrize("name", FIGURES)
def test_figure_keeps_to_its_floor(language, figures, name):
    assert figures[name] >= FLOORS[language][name]


def test_every_language_has_passages_and_floors(language):
    passages = read_passages(language)
    assert len(passages) >= LEAST_PASSAGES
    assert any(not passage.statements for passage in passages)
    assert sorted(FLOORS) == list_languages()


def test_expected_contents_stand_in_their_passages(language):
    for passage in read_passages(language):
        for one in passage.statements:
            spans = find_spans(passage.text, one.content)
            assert [passage.text[a:b] for a, b in spans] == list(one.content), passage.id


def test_intake_tells_the_language(language):
    for passage in read_passages(language):
        assert make_passage_report(passage, language).language == language, passage.id
