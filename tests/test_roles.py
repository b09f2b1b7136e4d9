from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.roles import compile_list, compile_roles, compile_table, find_roles


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["port"], "The Port opened", "Port"),
        (["port"], "The report", None),
        (["russ*"], "a russische Bank", "russische"),
        (["*minister*"], "Finanzministerin", "Finanzministerin"),
        (["prime minister", "minister"], "prime\u00a0minister", "prime\u00a0minister"),
        (["l'état"], "l’état", "l’état"),
        ([], "anything", None),
    ],
)
def test_lists(words, text, found):
    match = compile_list(words).search(text)
    assert (match[0] if match is not None else None) == found


def test_compounds():
    assert compile_list(["chef"], compounds=True).search("Hafenchef") is not None
    assert compile_list(["chef"]).search("Hafenchef") is None


def test_roles_with_class_and_gender():
    entries, pattern = compile_roles(load_lexicon("de"))
    (role,) = find_roles("die Hafendirektorin", pattern, entries)
    assert (role.kind, role.gender, role.base) == ("director", "f", True)
    assert role.span == (4, 19)


def test_a_language_without_lists_has_no_roles():
    entries, pattern = compile_roles(Lexicon("xx", {}))
    assert find_roles("mayor", pattern, entries) == []
    assert compile_table(Lexicon("xx", {}), "institutions", "states") == ()
