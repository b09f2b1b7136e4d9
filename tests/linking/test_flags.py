# ruff: noqa: E501  (one row of a table a line)
from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.domain import StatementKind, Words
from onrecord.linking.renderings import compare_wordings
from onrecord.linking.wording import Wording


def find_flags(
    best: str,
    here: str,
    languages: str,
    *,
    kind: StatementKind = "direct",
    similarity: float | None = None,
) -> tuple[str, ...]:
    first, second = f"{languages} {languages}".split()[:2]
    one = Wording(Words.of(best, (0, len(best))), best, first, "direct")
    two = Wording(Words.of(here, (0, len(here))), here, second, kind)
    return compare_wordings(one, two, similarity=similarity).flags


NEGATION, NUMBER, MODALITY = "negation differs", "number differs", "modality differs"
DIRECT = [
    # English
    ("en", "We will not sign the treaty", "We will sign the treaty", [NEGATION]),
    ("en", "We won't sign the treaty", "We will not sign the treaty", []),
    ("en", "We will never sign the treaty", "We will not sign the treaty", []),
    ("en", "We will not only sign the treaty", "We will sign the treaty", []),
    ("en", "It is wrong to say that the war is lost", "the war is lost", [NEGATION]),
    ("en", "He knows that the war is lost", "the war is lost", []),
    ("en", "They lost 300 men in May", "They lost 250 men in May", [NUMBER]),
    ("en", "They lost three hundred men in May", "They lost 300 men in May", []),
    ("en", "They lost 1,000 men in May", "They lost 1000 men in May", []),
    ("en", "They spent 2.5 million on it", "They spent 2.5 billion on it", [NUMBER]),
    ("en", "It is 5 miles from the border", "It is 8 kilometres from the border", []),
    ("en", "This may lead to war", "This will lead to war", [MODALITY, "stronger"]),
    ("en", "This must lead to talks", "This could lead to talks", [MODALITY, "weaker"]),
    ("en", "This could lead to war", "This leads to war", [MODALITY, "stronger"]),
    ("en", "The war began in May and ended", "The war began in June and ended", []),
    ("en", "Some of them criticised the plan", "All of them criticised the plan", ["stronger"]),
    ("en", "We condemn this plan of theirs", "We criticise this plan of theirs", ["weaker"]),
    ("en", "It is a threat to peace", "It is a concern to peace", ["weaker"]),
    ("en", "This is dangerous for us", "This is very dangerous for us", ["stronger"]),
    ("en", "This is not dangerous for us", "This is not very dangerous for us", []),
    ("en", "This is perhaps right for us", "This is right for us", ["stronger"]),
    ("en", "We do not want war, but we will fight", "we will fight", []),
    ("en", "We do not rule out an attack", "We rule out an attack", [NEGATION]),
    # German
    ("de", "Wir unterzeichnen das Abkommen nicht", "Wir unterzeichnen das Abkommen", [NEGATION]),
    ("de", "Wir haben keine Angst vor ihnen", "Wir haben Angst vor ihnen", [NEGATION]),
    ("de", "Wir haben nie Angst vor ihnen", "Wir haben keine Angst vor ihnen", []),
    ("de", "Wir zahlen nicht nur heute", "Wir zahlen heute", []),
    ("de", "Es ist falsch zu sagen, dass der Krieg verloren ist", "der Krieg verloren ist", [NEGATION]),
    ("de", "Es kamen fünfundzwanzig Schiffe an", "Es kamen 25 Schiffe an", []),
    ("de", "Es kamen 25 Schiffe an", "Es kamen 35 Schiffe an", [NUMBER]),
    ("de", "Es waren 1.000 Soldaten dort", "Es waren 1000 Soldaten dort", []),
    ("de", "Das kostet 2,5 Millionen im Jahr", "Das kostet 2,5 Milliarden im Jahr", [NUMBER]),
    ("de", "Das könnte zum Krieg führen", "Das wird zum Krieg führen", [MODALITY, "stronger"]),
    ("de", "Das muss ein Ende haben", "Das sollte ein Ende haben", [MODALITY, "weaker"]),
    ("de", "Wir kritisieren den Angriff", "Wir verurteilen den Angriff", ["stronger"]),
    ("de", "Viele Menschen fliehen von dort", "Alle Menschen fliehen von dort", ["stronger"]),
    ("de", "Das ist sehr gefährlich für uns", "Das ist gefährlich für uns", ["weaker"]),
    # French
    ("fr", "Nous ne signerons pas ce traité", "Nous signerons ce traité", [NEGATION]),
    ("fr", "Nous n'avons pas signé ce traité", "Nous avons pas signé ce traité", []),
    ("fr", "Nous ne signerons plus ce traité", "Nous ne signerons pas ce traité", []),
    ("fr", "Nous voulons plus de soldats ici", "Nous voulons moins de soldats ici", []),
    ("fr", "Nous ne signerons jamais ce traité", "Nous signerons ce traité", [NEGATION]),
    ("fr", "C'est un pas vers la paix", "C'est une étape vers la paix", []),
    ("fr", "Il y a quatre-vingts soldats ici", "Il y a 80 soldats ici", []),
    ("fr", "Il y a soixante-quinze soldats ici", "Il y a 75 soldats ici", []),
    ("fr", "Il y a 80 soldats ici", "Il y a 90 soldats ici", [NUMBER]),
    ("fr", "Il y a 10 000 soldats ici", "Il y a 10.000 soldats ici", []),
    ("fr", "Cela peut finir la guerre", "Cela doit finir la guerre", [MODALITY, "stronger"]),
    ("fr", "Nous condamnons cette attaque", "Nous critiquons cette attaque", ["weaker"]),
    ("fr", "Tous les soldats sont partis", "Certains les soldats sont partis", ["weaker"]),
    ("fr", "C'est une menace pour nous", "C'est un danger pour nous", ["weaker"]),
    # Spanish
    ("es", "No vamos a firmar el acuerdo", "Vamos a firmar el acuerdo", [NEGATION]),
    ("es", "No firmaremos nunca el acuerdo", "Nunca firmaremos el acuerdo", []),
    ("es", "No sólo firmaremos el acuerdo", "Firmaremos el acuerdo", []),
    ("es", "Nadie firmará el acuerdo ahora", "Alguien firmará el acuerdo ahora", [NEGATION]),
    ("es", "Son treinta y cinco barcos de guerra", "Son 35 barcos de guerra", []),
    ("es", "Son 35 barcos de guerra", "Son 45 barcos de guerra", [NUMBER]),
    ("es", "Costará dos mil millones este año", "Costará 2000 millones este año", []),
    ("es", "Eso puede acabar en guerra", "Eso debe acabar en guerra", [MODALITY, "stronger"]),
    ("es", "Tenemos que negociar la paz", "Podemos negociar la paz", [MODALITY, "weaker"]),
    ("es", "Condenamos el ataque de ayer", "Criticamos el ataque de ayer", ["weaker"]),
    ("es", "Es un riesgo para todos nosotros", "Es una amenaza para todos nosotros", ["stronger"]),
    ("es", "Es muy peligroso para nosotros", "Es peligroso para nosotros", ["weaker"]),
    # Ukrainian
    ("uk", "Ми не підпишемо цю угоду", "Ми підпишемо цю угоду", [NEGATION]),
    ("uk", "Ми ніколи не підпишемо цю угоду", "Ми не підпишемо цю угоду", []),
    ("uk", "Ми не лише підпишемо цю угоду", "Ми підпишемо цю угоду", []),
    ("uk", "Ніхто не підпише цю угоду", "Хтось підпише цю угоду", [NEGATION]),
    ("uk", "Загинуло двадцять п'ять людей там", "Загинуло 25 людей там", []),
    ("uk", "Загинуло 25 людей там", "Загинуло 35 людей там", [NUMBER]),
    ("uk", "Це коштує 2,5 млн щороку", "Це коштує 2,5 мільйона щороку", []),
    ("uk", "Це може призвести до війни", "Це мусить призвести до війни", [MODALITY, "stronger"]),
    ("uk", "Ми повинні допомогти країні", "Ми можемо допомогти країні", [MODALITY, "weaker"]),
    ("uk", "Ми критикуємо цей напад", "Ми засуджуємо цей напад", ["stronger"]),
    ("uk", "Це загроза для всіх нас", "Це ризик для всіх нас", ["weaker"]),
    ("uk", "Це дуже небезпечно для нас", "Це небезпечно для нас", ["weaker"]),
    # Russian
    ("ru", "Мы не подпишем это соглашение", "Мы подпишем это соглашение", [NEGATION]),
    ("ru", "Мы никогда не подпишем соглашение", "Мы не подпишем соглашение", []),
    ("ru", "Мы не только подпишем соглашение", "Мы подпишем соглашение", []),
    ("ru", "Никто не подпишет соглашение", "Кто-то подпишет соглашение", [NEGATION]),
    ("ru", "Погибли двадцать пять человек там", "Погибли 25 человек там", []),
    ("ru", "Погибли 25 человек там", "Погибли 35 человек там", [NUMBER]),
    ("ru", "Это стоит 2,5 млн каждый год", "Это стоит 2,5 млрд каждый год", [NUMBER]),
    ("ru", "Это может привести к войне", "Это должно привести к войне", [MODALITY, "stronger"]),
    ("ru", "Мы должны помочь этой стране", "Мы можем помочь этой стране", [MODALITY, "weaker"]),
    ("ru", "Мы критикуем это нападение", "Мы осуждаем это нападение", ["stronger"]),
    ("ru", "Это угроза для всех нас", "Это риск для всех нас", ["weaker"]),
    ("ru", "Это очень опасно для нас", "Это опасно для нас", ["weaker"]),
    # Conditions left out or put in
    ("en", "We will pay for it, if the inquiry finds a fault. That is all.", "We will pay for it. That is all.", ["stronger"]),
    ("en", "We will pay for it, if the inquiry finds a fault.", "We will pay for it", ["stronger"]),
    ("en", "If it does not rain, we will open the bridge", "we will open the bridge", ["stronger"]),
    ("en", "We will pay for it. If it rains, we will go home.", "We will pay for it.", []),
    ("en", "We will pay for it, if they ask. We pay unless they lie.", "We will pay for it. We pay unless they lie.", []),
    ("en", "We will pay for it", "We will pay for it, if we have to", ["weaker"]),
    ("de", "Wir zahlen alles, wenn die Brücke schuld ist.", "Wir zahlen alles", ["stronger"]),
    ("fr", "Nous paierons tout, si le pont est en cause.", "Nous paierons tout", ["stronger"]),
    ("es", "Pagaremos todo, si el puente falla de verdad.", "Pagaremos todo", ["stronger"]),
    ("uk", "Ми заплатимо все, якщо винен міст.", "Ми заплатимо все", ["stronger"]),
    ("ru", "Мы заплатим за всё, если виноват мост.", "Мы заплатим за всё", ["stronger"]),
    # Italian and Polish
    ("it", "Pagheremo tutto, se il ponte ha colpa.", "Pagheremo tutto", ["stronger"]),
    ("pl", "Zapłacimy za wszystko, jeśli winny jest most.", "Zapłacimy za wszystko", ["stronger"]),
    ("it", "Non firmeremo mai questo accordo", "Firmeremo questo accordo", [NEGATION]),
    ("it", "Questo può portare alla guerra", "Questo deve portare alla guerra", [MODALITY, "stronger"]),
    ("pl", "Nie podpiszemy tej umowy", "Podpiszemy tę umowę", [NEGATION]),
    ("pl", "Nigdy nie podpiszemy tej umowy", "Nie podpiszemy tej umowy", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "best", "here", "flags"), DIRECT)
def test_quotations_of_one_language(language: str, best: str, here: str, flags: list[str]) -> None:
    assert list(find_flags(best, here, language)) == flags


REPORTED = [
    ("en", "We will win this long war", "they would win this long war", []),
    ("en", "I can help the refugees", "he could help the refugees", []),
    ("en", "We must help the refugees", "they had to help the refugees", []),
    ("en", "We could help the refugees", "they must help the refugees", [MODALITY, "stronger"]),
    ("en", "We will not attack this country", "they would not attack this country", []),
    ("en", "We will not attack this country", "they would attack this country", [NEGATION]),
    ("en", "We will not attack this country", "they refused to attack this country", []),
    ("en", "They lost 300 soldiers in May", "they had lost 250 soldiers in May", [NUMBER]),
    ("en", "It is very dangerous for us", "it was dangerous for them", []),
    ("de", "Wir werden diesen Krieg gewinnen", "sie würden diesen Krieg gewinnen", []),
    ("de", "Ich kann den Menschen helfen", "er könne den Menschen helfen", []),
    ("de", "Wir müssen den Menschen helfen", "sie müssten den Menschen helfen", []),
    ("de", "Wir können den Menschen helfen", "sie müssten den Menschen helfen", [MODALITY, "stronger"]),
    ("de", "Wir greifen dieses Land nicht an", "sie griffen dieses Land an", [NEGATION]),
    ("fr", "Nous devons aider ce pays voisin", "ils devaient aider ce pays voisin", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "best", "here", "flags"), REPORTED)
def test_reported_speech_shifts_back(language: str, best: str, here: str, flags: list[str]) -> None:
    assert list(find_flags(best, here, language, kind="indirect")) == flags


ACROSS = [
    ("en de", "We will not sign the treaty", "Wir werden den Vertrag unterzeichnen", [NEGATION]),
    ("en de", "We will not sign the treaty", "Wir werden den Vertrag nicht unterzeichnen", []),
    ("en de", "We refuse to sign the treaty", "Wir werden den Vertrag nicht unterzeichnen", []),
    (
        "en de",
        "It is impossible to sign the treaty",
        "Man kann den Vertrag nicht unterzeichnen",
        [],
    ),
    ("en de", "2.5 million people have fled", "2,5 Millionen Menschen sind geflohen", []),
    ("en de", "2.5 million people have fled", "2,5 Milliarden Menschen sind geflohen", [NUMBER]),
    ("en de", "1,000 soldiers have died here", "1.000 Soldaten sind hier gestorben", []),
    ("en de", "In the 1990s they all fled", "In den 90er Jahren flohen sie alle", []),
    ("en de", "It is 5 miles from the border", "Es liegt 8 Kilometer von der Grenze", []),
    ("en de", "This may end in a war", "Das muss in einem Krieg enden", [MODALITY]),
    ("en de", "This may end in a war", "Das kann in einem Krieg enden", []),
    ("en de", "He may end this in May", "Das Ende könnte im Mai kommen", []),
    ("en fr", "We will not sign the treaty", "Nous signerons le traité de paix", [NEGATION]),
    ("en fr", "We will not sign the treaty", "Nous ne signerons pas le traité", []),
    ("en fr", "75 soldiers have died here", "Soixante-quinze soldats sont morts ici", []),
    ("en fr", "The best I have ever seen", "Le meilleur que j'ai jamais vu", []),
    ("en es", "Nobody wants this war now", "Nadie quiere esta guerra ahora", []),
    ("es en", "No queremos esta guerra ahora", "We want this war right now", [NEGATION]),
    ("uk en", "Ми не підпишемо цю угоду", "We are going to sign this deal", [NEGATION]),
    ("uk en", "Загинуло двадцять п'ять людей", "35 people have died", [NUMBER]),
    ("uk ru", "Ми не підпишемо цю угоду", "Мы подпишем это соглашение", [NEGATION]),
    ("ru de", "Погибли 10 тысяч человек", "10.000 Menschen sind gestorben", []),
    ("ru en", "Мы не только подпишем соглашение", "We are going to sign this deal", []),
    ("en fi", "We will not sign the treaty", "Allekirjoitamme sopimuksen nyt heti", []),
    ("en de", "We will not sign. " * 4, "Wir unterzeichnen den Vertrag", []),
]


@pytest.mark.parametrize(("languages", "best", "here", "flags"), ACROSS)
def test_translations(languages: str, best: str, here: str, flags: list[str]) -> None:
    assert list(find_flags(best, here, languages, similarity=0.9)) == flags


FAITHFUL = [
    # One speech in five languages, and what makes translations differ without saying otherwise.
    {
        "en": "We will not rest until all three hundred families have a roof; nobody should sleep in a tent.",
        "de": "Wir werden nicht ruhen, bis alle dreihundert Familien ein Dach haben; niemand sollte im Zelt schlafen.",
        "fr": "Nous n’aurons pas de repos tant que les trois cents familles n’auront pas un toit ; personne ne devrait dormir sous la tente.",
        "es": "No descansaremos hasta que las trescientas familias tengan un techo; nadie debería dormir en una tienda.",
        "uk": "Ми не спочинемо, доки всі триста родин не матимуть даху; ніхто не повинен спати в наметі.",
        "ru": "Мы не успокоимся, пока у всех трёхсот семей не будет крыши; никто не должен спать в палатке.",
    },
    {
        "en": "The tunnel may open in 2027, but it could cost 1.5 billion more than we thought.",
        "de": "Der Tunnel kann 2027 öffnen, er könnte aber 1,5 Milliarden mehr kosten, als wir dachten.",
        "fr": "Le tunnel pourrait ouvrir en 2027, mais coûter 1,5 milliard de plus que prévu.",
        "es": "El túnel puede abrir en 2027, pero podría costar 1.500 millones más de lo que pensábamos.",
        "uk": "Тунель може відкритися 2027 року, але коштуватиме на 1,5 мільярда більше, ніж ми думали.",
        "ru": "Туннель может открыться в 2027 году, но обойтись на 1,5 миллиарда дороже, чем мы думали.",
    },
    {
        "en": "It is impossible to run a hospital without doctors, and twenty-five of them have left.",
        "de": "Man kann ohne Ärzte kein Krankenhaus betreiben, und fünfundzwanzig sind gegangen.",
        "fr": "On ne peut pas faire tourner un hôpital sans médecins, et vingt-cinq sont partis.",
        "es": "Es imposible llevar un hospital sin médicos, y se han ido veinticinco.",
        "uk": "Лікарня не може працювати без лікарів, а двадцять п’ять із них пішли.",
        "ru": "Больница не может работать без врачей, а двадцать пять из них ушли.",
    },
    {
        "en": "We must talk to them, and we only want peace for both of our countries.",
        "de": "Wir müssen mit ihnen reden, und wir wollen nichts als Frieden für unsere beiden Länder.",
        "fr": "Nous devons leur parler, et nous ne voulons que la paix pour nos deux pays.",
        "es": "Tenemos que hablar con ellos, y solo queremos la paz para nuestros dos países.",
        "uk": "Ми мусимо говорити з ними, і ми хочемо лише миру для обох наших країн.",
        "ru": "Мы должны говорить с ними, и мы хотим только мира для обеих наших стран.",
    },
]


@pytest.mark.parametrize("speech", FAITHFUL)
@pytest.mark.parametrize("kind", ["direct", "indirect"])
def test_faithful_translations_are_not_flagged(speech: dict[str, str], kind: StatementKind) -> None:
    for (one, best), (other, here) in permutations(speech.items(), 2):
        found = find_flags(best, here, f"{one} {other}", kind=kind, similarity=0.9)
        assert found == (), (best, here)


@pytest.mark.parametrize("similarity", [None, 0.2])
def test_translations_are_not_flagged_unless_they_are_close(similarity: float | None) -> None:
    pair = ("We will not sign the treaty", "Wir werden den Vertrag unterzeichnen")
    assert find_flags(*pair, "en de", similarity=similarity) == ()
