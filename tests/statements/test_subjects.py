from __future__ import annotations

import pytest

from onrecord.domain import Attribution, Name
from onrecord.statements.subjects import complete_sources
from onrecord.statements.vocabulary import load_vocabulary

# Language, expected source, text: […] is the content, {…} a person's name, <…> an organisation's.
COMPLETED = [
    (
        "uk",
        "керівниця розслідування, інженерка Едда Раун",
        "[«Ні»], — сказала 5 травня керівниця розслідування, інженерка {Едда Раун}.",
    ),
    ("es", "el fabricante, Norte Pernos", "[«Nada»], alegó el fabricante, <Norte Pernos>."),
    (
        "ru",
        "мэр Залесска Анна Волчкова",
        "[«Мост откроют»], — сказала мэр Залесска {Анна Волчкова}.",
    ),
    ("ru", "он", "[«Мост откроют»], — сказал он."),
    (
        "ru",
        "представитель компании «Норд»",
        "[«Рейс вылетел»], — сообщил представитель компании «<Норд>».",
    ),
    ("uk", "Денис Фук", "[«Міст відкриють»], — написав {Денис Фук} на своїй сторінці."),
    ("uk", "міністерстві", "У міністерстві заявили, [що міст відкриють]."),
    (
        "es",
        "la alcaldesa de Valdorra, Teresa Lobato",
        "[«El puente se abrirá»], afirmó la alcaldesa de Valdorra, {Teresa Lobato}.",
    ),
    (
        "es",
        "La diputada Carmen Olmos",
        "La diputada {Carmen Olmos} preguntó [por qué nadie avisó].",
    ),
    ("es", "Gerardo Ibáñez", "[El agua es potable], señaló {Gerardo Ibáñez}, jefe del servicio."),
    (
        "fr",
        "Le ministre des Transports, Bastien Courvel",
        "Le ministre des Transports, {Bastien Courvel}, a annoncé [que la ligne rouvrirait].",
    ),
    (
        "fr",
        "l’ingénieur Karim Haddad",
        "[« Le pont est sûr »], assure l’ingénieur {Karim Haddad}.",
    ),
    ("it", "Felice Ayroldi", "{Felice Ayroldi} ha negato [di aver pagato]."),
    ("pl", "prezes Edward Narecki", "[„Most stoi”] – stwierdził prezes {Edward Narecki}."),
    ("en", "a spokesman for the port", "[“No,”] a spokesman for the port said."),
    ("en", "she", "[“No,”] she said."),
    ("de", "er", "[„Nein“], sagte er."),
]

LEFT_ALONE = [
    ("en", "{Ann Lee} was accused [of lying].", "a passive names no speaker"),
    ("en", "{Ann Lee} was told [that the bridge is shut].", "a passive names no speaker"),
    ("en", "[“No,”] he told {Ann Lee}.", "either may be who is spoken to"),
    ("en", "The bridge is [“shut”]. {Ann Lee} left.", "no clause"),
    ("es", "{Ana Ruz} habló de la crisis. [«Nadie avisó»]. ", "no clause"),
]


def read_marks(marked):
    text, spans, at = "", {}, []
    for character in marked:
        if character in "[{<":
            at.append(len(text))
        elif character in "]}>":
            spans.setdefault(character, []).append((at.pop(), len(text)))
        else:
            text += character
    kinds = {"}": "person", ">": "organisation"}
    names = [Name(span, kind) for mark, kind in kinds.items() for span in spans.get(mark, ())]
    return text, tuple(spans["]"]), names


def complete(language, marked, source=()):
    text, content, names = read_marks(marked)
    tagged = [Attribution(content, source=source)]
    (found,) = complete_sources(text, tagged, names, load_vocabulary(language))
    return [text[a:b] for a, b in found.source]


@pytest.mark.parametrize(("language", "expected", "marked"), COMPLETED)
def test_subjects_of_reporting_clauses(language, expected, marked):
    assert complete(language, marked) == [expected]


@pytest.mark.parametrize(("language", "marked", "why"), LEFT_ALONE)
def test_where_it_is_not_plain_nothing_is_added(language, marked, why):
    assert complete(language, marked) == [], why


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Karim", "Karim Haddad"), ("l’ingénieur", "l’ingénieur Karim Haddad")],
)
def test_sources_reach_to_the_end_of_a_name(source, expected):
    marked = "[« Le pont est sûr »], assure l’ingénieur {Karim Haddad}."
    text, _, _ = read_marks(marked)
    start = text.index(source)
    assert complete("fr", marked, ((start, start + len(source)),)) == [expected]


def test_a_source_in_a_later_sentence_gives_way_to_the_clause():
    marked = "[“No,”] said {Ann Lee}. {Bob Ray} left."
    text, _, _ = read_marks(marked)
    start = text.index("Bob Ray")
    assert complete("en", marked, ((start, start + 7),)) == ["Ann Lee"]


def test_a_language_without_lists_is_left_alone():
    assert complete("xx", "[“No,”] said {Ann Lee}.") == []
