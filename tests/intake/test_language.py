"""Languages of short texts, and what a declaration is worth."""

import pytest

from onrecord.intake.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry stays in port until spring, said the harbour office.", "en"),
        ("Die Fähre bleibt bis zum Frühling im Hafen, sagte das Hafenamt.", "de"),
        ("Le bac restera au port jusqu'au printemps, a déclaré la capitainerie.", "fr"),
        ("El barco se quedará en el puerto hasta la primavera, dijo la oficina.", "es"),
        ("Il traghetto resterà in porto fino a primavera, ha detto l'ufficio.", "it"),
        ("O barco ficará no porto até à primavera, disse ontem a capitania.", "pt"),
        ("De veerboot blijft tot het voorjaar in de haven, zei het kantoor.", "nl"),
        ("Prom pozostanie w porcie do wiosny, poinformował wczoraj urząd.", "pl"),
        ("Пором залишиться в порту до весни, повідомили в управлінні.", "uk"),
        ("Паром останется в порту до весны, сообщили в управлении.", "ru"),
        ("Färjan blir kvar i hamnen till våren, säger hamnkontoret.", "sv"),
        ("Η βάρκα θα μείνει στο λιμάνι μέχρι την άνοιξη.", "el"),
        ("フェリーは春まで港にとどまると事務所は発表した。", "ja"),
        ("ستبقى العبارة في الميناء حتى الربيع، قال المكتب.", "ar"),
        ("NATO", "und"),
        ("18.9.2024 - 15:02", "und"),
        ("", "und"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language


def test_declared_language_counts_only_where_it_can_be():
    ukrainian = "Пором залишиться в порту до весни, повідомили в управлінні порту."
    assert detect_language(ukrainian, declared="en-GB") == "uk"
    assert detect_language("NATO", declared="de_CH") == "de"
    assert detect_language("NATO", declared="not a tag") == "und"
    croatian = "Trajekt ostaje u luci do proljeća, rekao je u ponedjeljak ured."
    assert detect_language(croatian, declared="bs") == "bs"
