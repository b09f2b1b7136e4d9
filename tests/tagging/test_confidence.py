from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Attribution
from onrecord.tagging.confidence import Calibration, Curve

CURVES = st.builds(Curve, st.floats(0.1, 3), st.floats(-3, 3))


@given(CURVES, st.floats(0, 1), st.floats(0, 1))
def test_probabilities_keep_the_order_of_scores(curve, one, other):
    low, high = sorted((curve.read(min(one, other)), curve.read(max(one, other))))
    assert 0 < low <= high < 1
    assert curve.read(min(one, other)) <= curve.read(max(one, other))


@given(st.floats(0.001, 0.999))
def test_without_a_fit_scores_stay_as_they_are(score):
    found = Calibration.of({}).calibrate(Attribution(((0, 1),), score=score, source_score=score))
    assert found.score == pytest.approx(score)
    assert found.source_score == pytest.approx(score)


def test_contents_and_sources_have_curves_of_their_own():
    calibration = Calibration.of({"content": [1.0, -1.0], "source": [0.5, 0.0]})
    found = calibration.calibrate(Attribution(((0, 1),), score=0.9, source_score=0.9))
    assert found.score == pytest.approx(0.768, abs=0.001)
    assert found.source_score == pytest.approx(0.75)
