from __future__ import annotations

import pytest

from onrecord.domain import Words
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.linking.offices import (
    find_office_keys,
    is_common_noun,
    is_indefinite,
    read_office,
    read_role,
)

OFFICES = """
en | Russian Defence Ministry | russia ministry defence
en | Ministry of Defense of Russia | russia ministry defence
en | Ukraine’s Foreign Ministry | ukraine ministry foreign
en | the Pentagon | usa ministry defence
en | White House | usa presidency
en | Russian presidential administration | russia presidency
en | Moscow | russia capital
en | The Hague | netherlands capital
en | U.S. | usa
en | Russian government | russia government
en | Paris Saint-Germain | -
en | Russian | -
en | former Russian government | -
en | Russian-backed government | -
en | Ministry of Defence | -
en | US-Russian ministry of defence | -
de | russisches Verteidigungsministerium | russia ministry defence
de | Auswärtiges Amt | germany ministry foreign
de | das Weiße Haus | usa presidency
de | Moskau | russia capital
de | französische Regierung | france government
de | Europäische Kommission | eu commission
fr | ministère russe de la Défense | russia ministry defence
fr | l’Élysée | france presidency
fr | Royaume-Uni | uk
es | Ministerio de Defensa de Rusia | russia ministry defence
es | La Moncloa | spain premier
es | OTAN | nato
it | ministero della Difesa russo | russia ministry defence
it | Farnesina | italy ministry foreign
pl | rosyjskie ministerstwo obrony | russia ministry defence
pl | MSZ Rosji | russia ministry foreign
ru | Министерство обороны России | russia ministry defence
ru | МИД РФ | russia ministry foreign
ru | Белый дом | usa presidency
uk | Міноборони РФ | russia ministry defence
uk | Міністерство закордонних справ України | ukraine ministry foreign
uk | Банкова | ukraine presidency
xx | Kremlin | -
"""


@pytest.mark.parametrize("row", OFFICES.strip().splitlines())
def test_offices(row):
    language, name, key = (part.strip() for part in row.split("|"))
    found = read_office(name, language)
    assert (found.key if found is not None else "-") == key
    assert found is None or found.key in find_office_keys(name)


@pytest.mark.parametrize("language", list_languages())
def test_every_language_has_the_lists(language):
    lexicon = load_lexicon(language)
    for name in ("former", "coming", "deputy", "capitals"):
        assert lexicon.words("offices", name)
    english = load_lexicon("en")
    for table in ("kinds", "fields", "names"):
        assert lexicon.table("offices", table)
    assert set(lexicon.table("offices", "fields")) <= set(english.table("offices", "fields"))
    states = {
        state
        for one in map(load_lexicon, list_languages())
        for state in one.table("institutions", "states")
    }
    for key in lexicon.table("offices", "names"):
        assert len(key.split()) == 1 or key.split()[0] in states | {"eu", "un"}


@pytest.mark.parametrize(
    ("name", "language", "common"),
    [
        ("ministry", "en", True),
        ("Ministry of Health", "en", True),
        ("transport ministry", "en", True),
        ("Gewerkschaft", "de", True),
        ("unsere Zeitung", "de", True),
        ("misma agencia", "es", True),
        ("уряд", "uk", True),
        ("Harbour Union", "en", False),
        ("Russian Ministry of Health", "en", False),
        ("White House", "en", False),
        ("dpa", "de", False),
        ("", "en", False),
        ("ministry", "xx", False),
    ],
)
def test_common_nouns(name, language, common):
    assert is_common_noun(name, language) is common


ROLES = """
en | harbour director | director | | port |
de | Hafenchefin | leader | | port |
uk | директорка порту | director | | port |
es | directora del puerto | director | | port |
en | NATO Secretary General | secretary_general | nato | |
uk | генеральний секретар НАТО | secretary_general | nato | |
ru | глава МИД России | minister | russia | foreign |
de | Verkehrsministerin | minister | | transport |
fr | ministre russe de la Défense | minister | russia | defence |
pl | minister spraw zagranicznych Ukrainy | minister | ukraine | foreign |
it | ministro della Difesa | minister | | defence |
de | Werftchefin | leader | | | werf
en | mayor of Kalmhaven | mayor | | | kalm
en | resident | person | | |
xx | mayor | | | | mayo
"""


@pytest.mark.parametrize("row", ROLES.strip().splitlines())
def test_roles(row):
    language, text, *told = (part.strip() for part in row.split("|"))
    role = read_role(text, language)
    found = (role.kinds, role.scope, role.fields, role.rest)
    assert [" ".join(sorted(one)) for one in found] == told
    assert role.standing == "holds"
    assert not role.deputy


@pytest.mark.parametrize(
    ("text", "language", "standing", "deputy"),
    [
        ("former president", "en", "left", False),
        ("ehemalige Ministerin", "de", "left", False),
        ("колишній президент", "uk", "left", False),
        ("ancien ministre", "fr", "left", False),
        ("president-elect", "en", "coming", False),
        ("designierter Generalsekretär", "de", "coming", False),
        ("deputy mayor", "en", "holds", True),
        ("vicepresidente", "es", "holds", True),
        ("заступник міністра", "uk", "holds", True),
        ("mayor", "en", "holds", False),
    ],
)
def test_who_does_not_hold_a_role(text, language, standing, deputy):
    role = read_role(text, language)
    assert (role.standing, role.deputy) == (standing, deputy)


@pytest.mark.parametrize(
    ("text", "phrase", "language", "indefinite"),
    [
        ("Later a harbour director spoke.", "harbour director", "en", True),
        ("Later the harbour director spoke.", "harbour director", "en", False),
        ("Eine Hafenchefin sprach.", "Hafenchefin", "de", True),
        ("Hafenchefin", "Hafenchefin", "de", False),
        ("Una directora habló.", "directora", "es", True),
    ],
)
def test_indefinite_articles(text, phrase, language, indefinite):
    start = text.index(phrase)
    words = Words.of(text, (start, start + len(phrase)))
    assert is_indefinite(text, words, language) is indefinite
    assert not is_indefinite(text, None, language)
