# ruff: noqa: E501  (one row of a table a line)
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Difference, StatementKind, Words
from onrecord.linking.renderings import Comparison, compare_wordings, is_quoted_nowhere_else
from onrecord.linking.wording import Wording, find_quoted


def make_wording(text: str, language: str = "en", kind: StatementKind = "direct") -> Wording:
    """All of `text` as one statement; "|" divides it into fragments with other words between."""
    report, spans = "", []
    for part in text.split("|"):
        spans.append((len(report), len(report) + len(part)))
        report += part + " – he said – "
    quoted = find_quoted(report, spans) if kind == "mixed" else ()
    return Wording(Words.of(report, *spans), report, language, kind, None, quoted)


def compare(
    best: str, here: str, language: str = "en", kind: StatementKind = "direct"
) -> Comparison:
    one, two = make_wording(best, language), make_wording(here, language, kind)
    return compare_wordings(one, two, similarity=None)


def list_words(differences: tuple[Difference, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(d.op, d.best and d.best.text, d.here and d.here.text) for d in differences]


KINDS = [
    # language, best, here, kind
    ("en", "We will never give up.", "we will “never” give up", "verbatim"),
    ("en", "The short-sighted plan won’t work.", "The shortsighted plan won't work", "verbatim"),
    ("en", "It costs 1,000 dollars", "It costs 1000 dollars", "verbatim"),
    ("en", "We will never give up this land.", "never give up this land", "trimmed"),
    ("en", "We will never give up this land.", "We will never give up", "trimmed"),
    ("en", "We will never, for any price, give up.", "We will never … give up.", "marked cut"),
    ("en", "We will never, for any price, give up.", "We will never [...] give up.", "marked cut"),
    ("en", "We will never, for any price, give up.", "We will never (...) give up.", "marked cut"),
    ("en", "We will never, for any price, give up.", "We will never,|give up.", "marked cut"),
    ("en", "We will never, for any price, give up.", "We will never give up.", "spliced"),
    ("en", "We will never give up.", "We will not give up.", "reworded"),
    ("en", "We will never give up.", "We will never ever give up.", "reworded"),
    ("en", "We will never give up", "We will never give up now", "reworded"),
    ("en", "It is over for them", "It's over for them", "reworded"),
    ("de", "Wir geben dieses Land niemals auf.", "„wir geben dieses Land niemals auf“", "verbatim"),
    ("de", "Das große Ziel bleibt.", "Das GROSSE Ziel bleibt", "verbatim"),
    ("de", "Wir geben dieses Land niemals auf.", "dieses Land", "trimmed"),
    ("de", "Wir geben dieses schöne Land niemals auf.", "Wir geben […] niemals auf.", "marked cut"),
    ("de", "Wir geben dieses schöne Land niemals auf.", "Wir geben dieses Land niemals auf.", "spliced"),
    ("de", "Wir geben dieses Land niemals auf.", "Wir geben diese Länder niemals auf.", "reworded"),
    ("fr", "Nous n'avons rien décidé ce soir.", "Nous n’avons rien décidé ce soir", "verbatim"),
    ("fr", "Nous n'avons rien décidé ce soir.", "« rien décidé ce soir »", "trimmed"),
    ("fr", "Nous n'avons, hélas, rien décidé.", "Nous n'avons (…) rien décidé.", "marked cut"),
    ("fr", "Nous n'avons, hélas, rien décidé.", "Nous n'avons rien décidé.", "spliced"),
    ("fr", "Nous n'avons rien décidé ce soir.", "Nous n'avons rien signé ce soir.", "reworded"),
    ("es", "¿Quién pagará la reconstrucción?", "quién pagará la reconstrucción", "verbatim"),
    ("es", "Nadie pagará sola la reconstrucción del país", "la reconstrucción del país", "trimmed"),
    ("es", "Nadie pagará sola la reconstrucción", "Nadie pagará... la reconstrucción", "marked cut"),
    ("es", "Nadie pagará sola la reconstrucción", "Nadie pagará la reconstrucción", "spliced"),
    ("es", "Nadie pagará la reconstrucción", "Nadie financiará la reconstrucción", "reworded"),
    ("uk", "Ми ніколи не здамося, п'ять років тому і тепер", "ми ніколи не здамося, п’ять років тому і тепер", "verbatim"),
    ("uk", "Ми ніколи не здамося, сказав я", "ніколи не здамося", "trimmed"),
    ("uk", "Ми, українці, ніколи не здамося", "Ми … ніколи не здамося", "marked cut"),
    ("uk", "Ми, українці, ніколи не здамося", "Ми ніколи не здамося", "spliced"),
    ("uk", "Ми ніколи не здамося", "Ми ніколи не відступимо", "reworded"),
    ("ru", "Мы готовы к переговорам", "«мы готовы к переговорам»", "verbatim"),
    ("ru", "Мы готовы к переговорам с любым", "готовы к переговорам", "trimmed"),
    ("ru", "Мы всегда готовы к переговорам", "Мы (…) готовы к переговорам", "marked cut"),
    ("ru", "Мы всегда готовы к переговорам", "Мы готовы к переговорам", "spliced"),
    ("ru", "Мы готовы к переговорам", "Мы готовы к диалогу", "reworded"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "best", "here", "kind"), KINDS)
def test_direct_quotation_is_named(language: str, best: str, here: str, kind: str) -> None:
    assert compare(best, here, language).kind == kind


def test_splice_shows_the_missing_words_and_where_they_stand() -> None:
    compared = compare("We will never, for any price, give up.", "We will never give up.")
    (difference,) = compared.differences
    assert difference == Difference("missing", Words("for any price", ((15, 28),)), None)


def test_cut_is_taken_to_be_where_it_is_marked() -> None:
    compared = compare("they came and they saw and they won", "they came … and they won")
    assert compared.kind == "marked cut"
    assert [one.op for one in compared.differences] == ["missing"]


def test_repeated_words_are_aligned_with_the_stretch_that_was_quoted() -> None:
    best = "We want peace, but the peace we want is a peace for all, and peace needs courage."
    compared = compare(best, "a peace for all")
    assert compared.kind == "trimmed"
    assert compared.differences[0].best is not None
    assert compared.differences[0].best.text.endswith("we want is")


def test_a_few_words_found_far_apart_are_not_called_a_splice() -> None:
    best = "In our view the end must come soon, and the people who live there need war insurance"
    assert compare(best, "In the war").kind == "paraphrased"


def test_reopened_quotation_in_one_span_is_a_marked_cut() -> None:
    compared = compare("We will never, for any price, give up.", 'We will never," "give up.')
    assert compared.kind == "marked cut"


def test_contraction_is_one_small_difference() -> None:
    assert list_words(compare("It is over now", "It's over now").differences) == [
        ("changed", "It is", "It's")
    ]


def test_whole_sentences_beyond_the_fullest_wording_are_not_covered() -> None:
    here = "Ukraine is strong. We need help."
    compared = compare("We will win. Ukraine is strong.", here)
    assert compared.kind == "trimmed"
    assert [here[slice(*span)] for span in compared.covered] == ["Ukraine is strong"]


def test_words_added_within_the_sentence_are_a_difference() -> None:
    compared = compare("We will win.", "We will win very soon.")
    assert list_words(compared.differences) == [("added", None, "very soon")]


@pytest.mark.parametrize(
    ("best", "here", "kind", "inserted"),
    [
        ("They attacked us first.", "[The rebels] attacked us first.", "verbatim", [("They", "[The rebels]")]),
        ("He lied to us.", "He [the minister] lied to us.", "verbatim", [(None, "[the minister]")]),
        ("And then we will win.", "[W]e will win.", "trimmed", []),
        ("They attack us now.", "They attack[ed] us now.", "verbatim", [("attack", "attack[ed]")]),
        ("Poland attacked us first.", "[Russia] attacked us first.", "reworded", []),
        ("Then, it seems, they left us.", "[The rebels] left us.", "trimmed", [("they", "[The rebels]")]),
    ],
)  # fmt: skip
def test_square_brackets_are_an_editors_marks(
    best: str, here: str, kind: str, inserted: list[tuple[str | None, str]]
) -> None:
    compared = compare(best, here)
    assert compared.kind == kind
    assert [(best, here) for _, best, here in list_words(compared.insertions)] == inserted


BEST = "This willingness is a short-sighted and, frankly, unprofessional move."
MIXED = [
    # statement, kind, how the quoted words render the best, differences
    ('This willingness is a "short-sighted" and, frankly, unprofessional move', "verbatim", "verbatim", []),
    ('He spoke of a "short-sighted and, frankly, unprofessional move"', "paraphrased", "trimmed", []),
    ('He spoke of a "short-sighted and unprofessional move"', "spliced", "spliced", [("missing", "frankly", None)]),
    ('He spoke of a "short-sighted and … unprofessional move"', "paraphrased", "marked cut", [("missing", "frankly", None)]),
    ('It is "frankly unprofessional", and a "short-sighted and, frankly" wrong step', "paraphrased", "trimmed", []),
    ('He spoke of a "short-sighted and, frankly, stupid move"', "reworded", "reworded", [("changed", "unprofessional", "stupid")]),
    ('He spoke of "red lines that no one drew"', "paraphrased", None, []),
    ('He called it a "mistake"', "paraphrased", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("here", "kind", "quotation", "differences"), MIXED)
def test_mixed_statement_is_judged_by_its_quoted_words(
    here: str, kind: str, quotation: str | None, differences: list[tuple[str, str, str]]
) -> None:
    compared = compare(BEST, here, kind="mixed")
    assert (compared.kind, compared.quotation) == (kind, quotation)
    inner = differences if kind != "verbatim" else list_words(compared.differences)
    assert list_words(compared.differences) == inner


def test_indirect_statement_is_a_paraphrase_even_in_the_same_words() -> None:
    assert compare("We will win", "we will win", kind="indirect").kind == "paraphrased"


def test_direct_words_are_not_called_reworded_against_a_paraphrase() -> None:
    best = make_wording("the plan would not work for them", kind="indirect")
    here = make_wording("The plan will not work for us")
    assert compare_wordings(best, here, similarity=None).kind == "paraphrased"


@pytest.mark.parametrize(
    ("kind", "expected"), [("direct", "translated"), ("mixed", "translated"), ("indirect", "paraphrased")]
)  # fmt: skip
def test_other_language(kind: StatementKind, expected: str) -> None:
    best = make_wording("We will win this war")
    here = make_wording('„Wir werden "diesen Krieg" gewinnen“', "de", kind)
    compared = compare_wordings(best, here, similarity=0.8)
    assert (compared.kind, compared.differences, compared.score) == (expected, (), 0.8)


def test_other_speaker_is_flagged_only_where_both_are_known() -> None:
    one, two = make_wording("We will win"), make_wording("We will win")
    ours = Wording(one.words, one.report_text, "en", "direct", "a1")
    theirs = Wording(two.words, two.report_text, "en", "direct", "b2")
    assert compare_wordings(ours, theirs, similarity=None).flags == (
        "attributed to another speaker",
    )
    assert compare_wordings(ours, ours, similarity=None).flags == ()
    assert compare_wordings(ours, two, similarity=None).flags == ()


SAID = "We will never give up this land, and we will never sell it"
AGAIN = "never give up this land"
INVENTED = "they can all go to hell"


@pytest.mark.parametrize(
    ("here", "kind", "others", "certain", "expected"),
    [
        (INVENTED, "direct", [], True, True),
        (INVENTED, "direct", [], False, False),  # one other wording proves nothing
        (INVENTED, "direct", [AGAIN], False, True),
        (INVENTED, "direct", ["so long and good night"], False, False),  # they don't agree either
        (INVENTED, "indirect", [AGAIN], True, False),
        (AGAIN, "direct", [AGAIN], True, False),
        (f"It was “{INVENTED}” as ever", "mixed", [AGAIN], True, True),
        (f"It was “{AGAIN}” as ever", "mixed", [AGAIN], True, False),
        ("It was “a mess” as ever", "mixed", [AGAIN], True, False),  # too short to tell
        (INVENTED, "direct", [INVENTED], True, False),
    ],
)
def test_words_quoted_nowhere_else(
    here: str, kind: StatementKind, others: list[str], certain: bool, expected: bool
) -> None:
    rest = [make_wording(other) for other in others]
    found = is_quoted_nowhere_else(
        make_wording(here, kind=kind), make_wording(SAID), rest, certain=certain
    )
    assert found is expected


def test_a_translation_is_not_said_to_be_quoted_nowhere_else() -> None:
    german = make_wording("Die können alle zum Teufel gehen", "de")
    assert not is_quoted_nowhere_else(german, make_wording(SAID), [], certain=True)


def test_language_without_lists_still_names_the_rendering() -> None:
    assert compare("Rauha on tärkein asia nyt", "Rauha on asia nyt", "fi").kind == "spliced"


def test_long_texts_are_aligned_between_anchors() -> None:
    words = [f"word{number}x" for number in range(1500)]
    cut = words[:700] + words[703:]
    compared = compare(" ".join(words), " ".join(cut))
    assert list_words(compared.differences) == [("missing", " ".join(words[700:703]), None)]


WORD = st.text(st.sampled_from("abcdefghijklmnoprstuvwyzäéîøßґїж"), min_size=2, max_size=9)
SPEECH = st.lists(WORD, min_size=6, max_size=40, unique_by=str.casefold)
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "uk", "ru", "it", "pl", "fi", "zh"])
ANY_KIND = st.sampled_from(["direct", "mixed", "indirect"])
ANY_TEXT = st.text(max_size=120) | st.text(
    st.sampled_from("abB1 25.,:/«»„“”\"'’…-–[]()%№é\u0301\u00a0\u202f\u200d\n漢ไ"), max_size=60
)


def in_words(text: str, kind: str, language: str) -> Wording:
    spans = ((0, len(text) // 2), (len(text) // 2, len(text)))
    quoted = find_quoted(text, spans) if kind == "mixed" else ()
    return Wording(Words.of(text, *spans), text, language, kind, None, quoted)  # type: ignore[arg-type]


@given(ANY_TEXT, ANY_TEXT, st.tuples(ANY_KIND, ANY_KIND), st.tuples(LANGUAGES, LANGUAGES))
def test_words_are_printed_where_the_spans_say(
    one: str, two: str, kinds: tuple[str, str], languages: tuple[str, str]
) -> None:
    best = in_words(one, kinds[0], languages[0])
    here = in_words(two, kinds[1], languages[1])
    compared = compare_wordings(best, here, similarity=0.9)
    for difference in (*compared.differences, *compared.insertions):
        for words, text in ((difference.best, one), (difference.here, two)):
            if words is not None:
                assert words == Words.of(text, *words.spans)
                assert all(0 <= start < end <= len(text) for start, end in words.spans)
    assert all(0 <= start <= end <= len(two) for start, end in compared.covered)
    assert 0 <= compared.score <= 1
    assert compared == compare_wordings(best, here, similarity=0.9)


@given(ANY_TEXT, LANGUAGES)
def test_a_text_is_verbatim_to_itself(text: str, language: str) -> None:
    wording = in_words(text, "direct", language)
    compared = compare_wordings(wording, wording, similarity=None)
    assert (compared.kind, compared.flags, compared.differences) == ("verbatim", (), ())


@given(SPEECH, st.data())
def test_cutting_an_end_is_trimmed(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 2, len(words) - (start == 0)))
    compared = compare(" ".join(words), " ".join(words[start:end]), "fi")
    assert compared.kind == "trimmed"
    missing = [one.best.text for one in compared.differences if one.best]
    assert " ".join(missing).split() == words[:start] + words[end:]


@given(SPEECH, st.data())
def test_leaving_words_out_inside_is_spliced(words: list[str], data: st.DataObject) -> None:
    inner = st.integers(1, len(words) - 2)
    gone = data.draw(st.sets(inner, min_size=1, max_size=len(words) // 2))
    kept = [word for place, word in enumerate(words) if place not in gone]
    compared = compare(" ".join(words), " ".join(kept), "fi")
    missing = " ".join(one.best.text for one in compared.differences if one.best)
    assert compared.kind == "spliced"
    assert missing.split() == [words[place] for place in sorted(gone)]
    assert all(one.here is None for one in compared.differences)


@given(SPEECH, st.data())
def test_marking_each_cut_makes_it_a_marked_cut(words: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, len(words) - 2))
    kept = [*words[:gone], "[…]", *words[gone + 1 :]]
    assert compare(" ".join(words), " ".join(kept), "fi").kind == "marked cut"


@pytest.mark.parametrize("similarity", [None, 0.4])
@pytest.mark.parametrize("kind", ["direct", "mixed", "indirect"])
@pytest.mark.parametrize(
    "text",
    ["We will never give up.", "no", "…", "He “won’t go” by 5 [May]|and said “never, at 10 p.m.”"],
)
def test_a_wording_beside_itself_is_as_beside_its_equal(text, kind, similarity):
    wording = make_wording(text, kind=kind)
    alone = compare_wordings(wording, wording, similarity=similarity)
    assert alone == compare_wordings(wording, replace(wording), similarity=similarity)
