from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.abbreviations import find_abbreviations, stands_for


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        (
            "Das Bundesamt für Strömungskunde (BSK) warnte. Das BSK misst.",
            ["Bundesamt für Strömungskunde", "BSK"],
            {"BSK": "Bundesamt für Strömungskunde"},
        ),
        (
            "The IMB (International Maritime Bureau) said so.",
            ["IMB", "International Maritime Bureau"],
            {"IMB": "International Maritime Bureau"},
        ),
        (
            "Федеральна служба мостів (ФСМ) заявила.",
            ["Федеральна служба мостів", "ФСМ"],
            {"ФСМ": "Федеральна служба мостів"},
        ),
        ("The Harbour Union warned the HU.", ["Harbour Union", "HU"], {}),
        ("The Harbour Union (Kalmhaven) said.", ["Harbour Union", "Kalmhaven"], {}),
        ("The Harbour Union (SPD) said.", ["Harbour Union", "SPD"], {}),
        (
            "Baltic Survey Kit (BSK), and Bund Soziale Küste (BSK).",
            ["Baltic Survey Kit", "Bund Soziale Küste", "BSK"],
            {},
        ),
        ("", [], {}),
    ],
)
def test_abbreviations_that_a_text_explains(text, names, found):
    assert find_abbreviations(text, names) == found


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("BMI", "Bundesinnenministerium", True),
        ("OSCE", "Organization for Security and Co-operation in Europe", True),
        ("BMI", "Innenministerium", False),
        ("IMF", "International Monetary Fund", True),
        ("IMF", "International Fund", False),
        ("NATO", "NATO", False),
    ],
)
def test_what_stands_for_what(short, full, fits):
    assert stands_for(short, full) is fits


@given(st.text(alphabet="ABc ()\n.", max_size=60), st.lists(st.text(alphabet="ABc ", max_size=8)))
def test_only_names_that_are_given_come_back(text, names):
    for short, full in find_abbreviations(text, names).items():
        assert short in names
        assert full in names
