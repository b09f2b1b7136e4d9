from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.names import (
    PersonName,
    are_turned,
    fold_name,
    is_part,
    match_family,
    match_full,
    match_given,
    match_words,
    name_keys,
    split_name,
)


def are_one(one: str, other: str) -> bool:
    """As actors are joined by: family names and, where both have one, given names agree."""
    mine, yours = split_name(one), split_name(other)
    return match_family(mine, yours) and match_given(mine, yours) is not False


ALIKE = """
Peskov = Peskow = Пєсков = Песков = Peskóv
Dmitry Peskov = Dmitri Peskow = Дмитро Пєсков = Дмитрий Песков = Dmitrij Pieskow
Volodymyr Zelensky = Wolodymyr Selenskyj = Володимир Зеленський = Владимир Зеленский
Volodymyr Zelenskyy = Volodímir Zelenski = Vladimir Zelensky = Wolodimir Selenski
Zhovtohir = Schowtohir = Jovtohir = Жовтогір
Yukhym Zhovtohir = Juchym Schowtohir = Юхим Жовтогір = Iukhym Jovtohir
Gerhard Schröder = Герхард Шрёдер = Герхард Шредер = Gerhard Schroeder
Müller = Мюллер = Mueller
Boris Johnson = Борис Джонсон
Sergei Lavrov = Sergej Lawrow = Сергій Лавров = Сергей Лавров = Serguei Lavrov
Serhij Zhadan = Сергій Жадан = Serhiy Schadan = Serguiy Jadan
Maria Zakharova = Maria Sacharowa = Марія Захарова = Мария Захарова = María Zajárova
Angela Merkel = Ангела Меркель
Donald Trump = Дональд Трамп
Joe Biden = Джо Байден
Olaf Scholz = Олаф Шольц
Friedrich Merz = Фрідріх Мерц = Фридрих Мерц
Emmanuel Macron = Еммануель Макрон = Эмманюэль Макрон
Pedro Sánchez = Педро Санчес
Meloni = Мелоні
Robert Habeck = Роберт Хабек = Роберт Габек
Boris Pistorius = Борис Пісторіус
Annalena Baerbock = Анналена Бербок
Mikhail Gorbachev = Michail Gorbatschow = Михаил Горбачёв = Mijaíl Gorbachov
Alexander Lukashenko = Alexander Lukaschenko = Олександр Лукашенко = Aleksandr Lukashenka
Yulia Tymoshenko = Julija Timoschenko = Юлія Тимошенко = Ioulia Timochenko
Petro Poroshenko = Петро Порошенко = Piotr Poroschenko
Andriy Yermak = Andrij Jermak = Андрій Єрмак = Андрей Ермак
Sergei Shoigu = Sergej Schoigu = Сергей Шойгу = Sergueï Choïgou
Benjamin Netanyahu = Benjamin Netanjahu = Benyamin Nétanyahou
Ali Khamenei = Ali Chamenei = Али Хаменеи = Alí Jamenei
Keir Starmer = Кір Стармер = Кир Стармер
Donald Tusk = Дональд Туск
Duda = Дуда
Jens Stoltenberg = Єнс Столтенберг = Йенс Столтенберг
Recep Tayyip Erdoğan = Recep Erdogan
Abdel Fattah al-Sisi = Abdel Fattah el-Sissi
Ursula von der Leyen = Урсула фон дер Ляєн
von der Leyen = Ursula von der Leyen
Antony Blinken = Ентоні Блінкен
J. D. Vance = JD Vance = James Vance = Дж. Д. Венс
Miloš Zeman = Мілош Земан = Milosz Zeman
Maroš Šefčovič = Марош Шефчович
Novak Đoković = Novak Djokovic = Новак Джокович
Mira Holt = Мира Хольт = Міра Гольт
M. Holt = Mira Holt
Mira J. Holt = Mira Holt
Lech Kaczyński = Lech Kaczynski
Mateusz Morawiecki = Матеуш Моравецкий
Mette Frederiksen = Метте Фредеріксен
Sanna Marin = Санна Марин
Robert F. Kennedy Jr. = Kennedy
Oleksij Resnikow = Oleksii Reznikov = Алексей Резников
Kateryna Horban = Катерина Горбань = Екатерина Горбань
Nikita Khrushchev = Nikita Chruschtschow = Никита Хрущёв = Nikita Jruschov
Xi Jinping = Си Цзиньпин = Xi = 习近平
Zhang Yiming = Чжан Имин
Kim Jong-un = Kim Jong Un = Kim
Mohammed Sudani = محمد سوداني = Muhammad as-Sudani = Mohamed al-Sudani
Sergei Ivanov = Ivanov, Sergei = IVANOV Sergei = Иванов Сергей Петрович = Sergei P. Ivanov
Charles III = King Charles III = König Charles
US President Joe Biden = Joe Biden = Präsident Joe Biden
JD Vance = J. D. Vance
"""

UNLIKE = """
Ivanov ≠ Ivanova ≠ Ivanenko
Putin ≠ Putina
Путин ≠ Путина
Klein ≠ Kleinert ≠ Kleine
Merkel ≠ Merz ≠ Meckel
Johnson ≠ Johansson ≠ Jackson ≠ Janson ≠ Johnston
Meyer ≠ Maler
Schröder ≠ Schrader ≠ Schreiber
Hansen ≠ Hanson ≠ Hausen
Jansen ≠ Jensen ≠ Johnsen
Müller ≠ Möller ≠ Miller
Mohr ≠ Mahr
Weber ≠ Wagner ≠ Huber
Scholz ≠ Scholl ≠ Schulz
Habeck ≠ Haber
Trump ≠ Tramp
Brown ≠ Braun
Petrov ≠ Petrova ≠ Petrenko ≠ Petrosyan
Kovalenko ≠ Kovalchuk ≠ Kovalev
Shevchenko ≠ Shevchuk
Lee ≠ Li ≠ Leigh
Kim ≠ Kin ≠ Kimm-Sand
Holt ≠ Holz ≠ Hold ≠ Holte
García ≠ Garzón
López ≠ Lope
Rossi ≠ Rossini ≠ Russo
Nowak ≠ Nowacki
Martin ≠ Martini ≠ Martens
Dupont ≠ Dupond ≠ Duport
John Sand ≠ Jane Sand ≠ Jean Sand ≠ Joan Sand
Pia Tolland ≠ Henrik Tolland ≠ P. H. Sand
Mira Holt ≠ Henrik Holt ≠ Mara Holt ≠ Mina Holt ≠ H. Holt
Anna Sand ≠ Anne Sand ≠ Hanna Sand ≠ Anton Sand
Maria Sand ≠ Marina Sand ≠ Mario Sand ≠ Marie Sand ≠ Marta Sand
Alexander Sand ≠ Alexandra Sand
Олександр Пісок ≠ Олександра Пісок
Paul Sand ≠ Paula Sand ≠ Pavla Sand
Martin Sand ≠ Martina Sand
Daniel Sand ≠ Daniela Sand ≠ David Sand
Viktor Sand ≠ Viktoria Sand
Jan Sand ≠ Jana Sand ≠ Jens Sand
Donald Trump ≠ Donald Trump Jr. ≠ Melania Trump
Viktor Orban ≠ Viktor Urban
Sergei Ivanov ≠ Andrei Ivanov ≠ Sergei Ivanenko
Сергій Петренко ≠ Андрій Петренко ≠ Олена Петренко
Борис Джонсон ≠ Boris Jackson ≠ Jo Johnson
Дмитрий Песков ≠ Дмитрий Песоцкий
Wladimir Klitschko ≠ Vitali Klitschko
George W. Bush ≠ George H. W. Bush
J. D. Vance ≠ J. R. Vance
Xi Jinping ≠ Xi Mingze ≠ Li Jinping
Kim Jong-un ≠ Kim Yo-jong ≠ Kim Novak
Thomas Hall ≠ Thomas Gall
Hanne Nielsen ≠ Jane Nielsen
Пётр Иванович Мальцев ≠ Пётр Сергеевич Мальцев
Charles II ≠ Charles III
Martin Luther King ≠ Martin Luther
محمد سوداني ≠ Ahmed Sudani
Angela Merkel ≠ Angelo Merkel
"""


def read_pairs(table: str, mark: str) -> list[tuple[str, str]]:
    rows = [row.split(f" {mark} ") for row in table.strip().splitlines()]
    return [(row[0], other) for row in rows for other in row[1:]]


def test_the_tables_are_long_enough():
    assert len(read_pairs(ALIKE, "=")) >= 60
    assert len(read_pairs(UNLIKE, "≠")) >= 60


@pytest.mark.parametrize(("one", "other"), read_pairs(ALIKE, "="))
def test_spellings_of_one_name_match(one, other):
    assert are_one(one, other)
    assert are_one(other, one)


@pytest.mark.parametrize(("one", "other"), read_pairs(UNLIKE, "≠"))
def test_unlike_names_do_not_match(one, other):
    assert not are_one(one, other)
    assert not are_one(other, one)


@pytest.mark.xfail(reason="sounds that no letter of the other spelling stands for")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andrzej Duda", "Анджей Дуда"),  # Polish "rz"
        ("Lech Wałęsa", "Лех Валенса"),  # a nasal vowel
        ("Emma Watson", "Эмма Уотсон"),  # English w, written as a vowel
        ("Orbán Viktor", "Viktor Orbán"),  # one within a storyline only: see are_turned
        ("Kim Jong-un", "Ким Чен Ын"),  # Korean is spelt by ear
        ("Ганна Горбань", "Анна Горбань"),  # listed, it would make Anna and Hanna one
        ("Giorgia Sand", "Джорджа Санд"),  # Italian "gi" before a vowel
    ],
)
def test_spellings_that_are_missed(one, other):
    assert are_one(one, other)


@pytest.mark.xfail(reason="the alphabet drops what tells them apart")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carl Sand", "Karl Sand"),  # two people may be told apart by a letter
        ("Mann", "Man"),
    ],
)
def test_names_that_are_taken_for_one(one, other):
    assert not are_one(one, other)


@pytest.mark.parametrize(
    ("name", "given", "family", "suffix"),
    [
        ("", (), "", ""),
        ("!?", (), "", ""),
        ("Holt", (), "holt", ""),
        ("Mira Holt", ("mira",), "holt", ""),
        ("M. Holt", ("m",), "holt", ""),
        ("Ursula von der Leyen", ("ursula",), "leien", ""),
        ("von der Leyen", (), "leien", ""),
        ("Charles de Gaulle", ("Xarles",), "gaule", ""),
        ("al-Sisi", (), "sisi", ""),
        ("Robert Kennedy Jr.", ("robert",), "kenedi", "jr"),
        ("Jr.", (), "jr", ""),
    ],
)
def test_a_name_is_split(name, given, family, suffix):
    split = split_name(name)
    assert (split.given, split.family, split.suffix) == (given, family, suffix)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Mira Holt", "Holt", None),
        ("Mira Holt", "M. Holt", None),
        ("Mira Holt", "H. Holt", False),
        ("Mira Holt", "Henrik Holt", False),
        ("Mira Holt", "Мира Хольт", True),
        ("Yulia Holt", "J. Holt", None),
        ("Donald Trump", "Donald Trump Jr.", False),
        ("Trump", "Donald Trump Jr.", None),
    ],
)
def test_given_names(one, other, agree):
    assert match_given(split_name(one), split_name(other)) is agree


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Harbour Union", "harbour union", True),
        ("Gazprom", "Газпром", True),
        ("Channel 4", "Channel 5", False),
        ("G7", "G20", False),
        ("112", "911", False),
        ("112", "112", True),
        ("Harbour Union", "Harbour Workers Union", False),
        ("Ministry of Health", "Ministry of Wealth", False),
        ("???", "!!!", False),
        ("???", "???", True),
    ],
)
def test_names_that_are_not_persons(one, other, same):
    assert match_words(one, other) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Selenskyj", "Zelensky"),
        ("Зеленський", "Zelensky"),
        ("Песков", "Peskow"),
        ("Mira  HOLT", "mira holt"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_folded_names_are_equal(one, other):
    assert fold_name(one) == fold_name(other)


def test_nothing_is_no_name():
    assert not match_family(PersonName((), ""), PersonName((), ""))
    assert not match_family(split_name("?"), split_name("!"))


def test_a_script_without_latin_letters_keeps_its_words():
    assert match_family(split_name("𓀀𓀁"), split_name("𓀀𓀁"))
    assert not match_family(split_name("𓀀𓀁"), split_name("𓀂𓀃"))


@pytest.mark.parametrize(
    ("one", "other", "one_person"),
    [
        ("Mira Holt", "Мира Хольт", True),
        ("Mira J. Holt", "Mira Holt", True),
        ("Пётр Иванович Мальцев", "Pjotr Malzew", True),
        ("Anne-Marie Sand", "Anne Marie Sand", True),
        ("Robert Sand", "Bob Sand", None),
        ("José Vicente Sand", "José Sand", None),
        ("Anna Sand", "Hanna Sand", False),
        ("Anna Sand", "Anna Sander", False),
        ("Anna Maria Sand", "Anna Lena Sand", False),
    ],
)
def test_full_names(one, other, one_person):
    assert match_full(split_name(one), split_name(other)) is one_person
    assert match_full(split_name(other), split_name(one)) is one_person


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("Orbán Viktor", "Viktor Orbán", True),
        ("Viktor Orbán", "Viktor Orbán", False),
        ("Viktor", "Viktor", False),
        ("Orbán Viktor Jr.", "Viktor Orbán", False),
        ("Anna Viktor Orbán", "Viktor Orbán", False),
    ],
)
def test_turned_names(one, other, turned):
    assert are_turned(split_name(one), split_name(other)) is turned
    assert are_turned(split_name(other), split_name(one)) is turned


@pytest.mark.parametrize(
    ("short", "long", "part"),
    [
        ("López Obrador", "Andrés Manuel López Obrador", True),
        ("Pedro Sánchez", "Pedro Sánchez Pérez-Castejón", True),
        ("Anna Müller", "Anna Müller-Lüdenscheid", True),
        ("Obrador", "Andrés Manuel López Obrador", False),
        ("Manuel López", "Andrés Manuel López Obrador", False),
        ("A. Obrador", "Andrés Manuel López Obrador", False),
        ("Pedro Sánchez", "Pedro Sánchez", False),
        ("Lena Müller", "Anna Müller-Lüdenscheid", False),
    ],
)
def test_parts_of_names(short, long, part):
    assert is_part(split_name(short), split_name(long)) is part
    assert not is_part(split_name(long), split_name(short))


def share_key(one, other, type):  # noqa: A002
    return not name_keys(one, type).isdisjoint(name_keys(other, type))


@pytest.mark.parametrize(("one", "other"), read_pairs(ALIKE, "="))
def test_names_that_match_share_a_key(one, other):
    assert share_key(one, other, "person")


LETTERS = st.text(alphabet="aehijkgsczxtwvfylmnrqъйхгжшщюяёäöüšžćł'-ومحسد", min_size=1, max_size=9)


@given(one=LETTERS, other=LETTERS)
def test_words_that_match_share_a_key(one, other):
    if match_words(one, other):
        assert share_key(one, other, "organisation")
    mine, yours = split_name(f"Mira {one}"), split_name(f"Mira {other}")
    if match_family(mine, yours):
        assert share_key(f"Mira {one}", f"Mira {other}", "person")


@given(
    pair=st.sampled_from(read_pairs(ALIKE, "=")),
    place=st.integers(0, 30),
    letters=st.sampled_from(["", "h", "j", "e", "g", "kh", "ch", "zh", "s", "z", "ck", "ph", "gh"]),
)
def test_a_letter_more_or_less_keeps_a_key_wherever_names_match(pair, place, letters):
    one, other = pair
    other = other[:place] + letters + other[place + 1 :]
    mine, yours = split_name(one), split_name(other)
    if match_family(mine, yours):
        assert share_key(one, other, "person")
    if match_words(one, other):
        assert share_key(one, other, "organisation")


def test_few_names_share_a_key():
    words = [word for table in (ALIKE, UNLIKE) for word in table.replace("=", "≠").split("≠")]
    names = {name.strip() for word in words for name in word.splitlines() if name.strip()}
    families = {split_name(name).family for name in names}
    blocks: dict[str, set[str]] = {}
    for name in names:
        for key in name_keys(name, "person"):
            blocks.setdefault(key, set()).add(split_name(name).family)
    assert max(map(len, blocks.values())) < len(families) / 10


def test_names_without_words_have_themselves_for_a_key():
    assert share_key("???", "???", "person")
    assert not share_key("???", "!!!", "organisation")


@given(one=st.text(), other=st.text())
def test_matching_is_symmetric_and_never_fails(one, other):
    mine, yours = split_name(one), split_name(other)
    assert match_family(mine, yours) is match_family(yours, mine)
    assert match_given(mine, yours) is match_given(yours, mine)
    assert match_words(one, other) is match_words(other, one)
    assert match_words(one, one)
