from __future__ import annotations

import pytest

from onrecord.linking.titles import strip_titles


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("US President Joe Biden", "Joe Biden"),
        ("port director Liv Aramand", "Liv Aramand"),
        ("Bundeskanzler Olaf Scholz", "Bundeskanzler Olaf Scholz"),
        ("Kanzler Olaf Scholz", "Olaf Scholz"),
        ("президента Зеленского", "Зеленского"),
        ("Президент Володимир Зеленський", "Володимир Зеленський"),
        ("ministre Marit Ostrell", "Marit Ostrell"),
        ("Dr. Angela Merkel", "Angela Merkel"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Stephen King", "Stephen King"),
        ("Martin Luther King Jr.", "Martin Luther King Jr."),
        ("Karl Bishop", "Karl Bishop"),
        ("Bishop", "Bishop"),
        ("M. Holt", "M. Holt"),
        ("von der Leyen", "von der Leyen"),
        ("Don Lemon", "Don Lemon"),
        ("Головко Іван", "Головко Іван"),
        ("", ""),
        ("?", "?"),
    ],
)
def test_titles_come_off(name, bare):
    assert strip_titles(name) == bare
