from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon, list_languages, load_lexicon
from onrecord.roles import (
    compile_list,
    compile_roles,
    compile_table,
    find_head,
    find_keys,
    find_roles,
    list_entries,
)


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


@pytest.mark.parametrize("case", [str, str.upper, str.capitalize])
@pytest.mark.parametrize("language", list_languages())
def test_every_listed_role_is_found_whole_in_any_case(language, case):
    lexicon = load_lexicon(language)
    entries, pattern = compile_roles(lexicon)
    listed = [
        word.partition(":")[0].replace("*", "")
        for words in lexicon.table("roles", "classes").values()
        for word in words
    ]
    for word in listed:
        printed = case(word)
        (role,) = find_roles(printed, pattern, entries)
        assert role.span == (0, len(printed))


def test_the_head_of_a_compound_is_the_listed_word():
    _, pattern = compile_roles(load_lexicon("de"))
    match = pattern.search("die Hafendirektorin")
    assert match is not None
    assert match.string[find_head(match) :] == "direktorin"


@pytest.mark.parametrize(
    ("text", "keys"), [("Russian and French", 2), ("a Russian", 1), ("a harbour", 0)]
)
def test_keys_of_a_table(text, keys):
    lexicon = load_lexicon("en")
    table = compile_table(lexicon, "institutions", "states")
    anywhere = compile_list(list_entries(lexicon, "institutions", "states"))
    found = find_keys(text, table, anywhere)
    assert found == {key for key, pattern in table if pattern.search(text)}
    assert len(found) == keys
