"""Numbers and addresses: the quick checks that a whole file of them goes through agree with the libraries."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import email_validator
import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from followup_tui.exchange import details
from followup_tui.exchange.details import email_key, phone_key

TRIALS = int(os.environ.get("FOLLOWUP_DETAIL_TRIALS", "4"))
"""Numbers of each country and kind; addresses are a thousand times as many."""
FORMATS = (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)


def slowly(number: str, region: str) -> str:
    """Return the key of a number by the library alone."""
    bare = number.translate(details._SEPARATORS)
    return details._international(number, bare, region) or details._digits(number)


def numbers(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield valid numbers of every country, written in three ways, and the country."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
            example = phonenumbers.example_number_for_type(region, kind)
            for _ in range(TRIALS if example else 0):
                digits = list(str(example.national_number))
                for place in chance.sample(range(len(digits)), chance.randrange(min(5, len(digits)))):
                    digits[place] = chance.choice("0123456789")
                number = phonenumbers.PhoneNumber(example.country_code, int("".join(digits)))
                if phonenumbers.is_valid_number(number):
                    yield from ((phonenumbers.format_number(number, way), region) for way in FORMATS)


def test_a_number_has_one_key_however_quickly_it_was_checked():
    """Whatever the quick way takes, the library would have kept under the same key, whoever the user is."""
    told = 0
    for text, region in numbers(random.Random(7)):
        for user in {region, "", "DE", "US"}:
            assert phone_key(text, user) == slowly(text, user), (text, user)
            told += 1
    assert told > 1000


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("+49 030 1234567", "+49301234567"),
        ("+44 0 20 7946 0958", "+442079460958"),
        ("+33 01 23 45 67 89", "+33123456789"),
        ("+7 8 495 1234567", "+74951234567"),
        ("+353 01 234 5678", "+35312345678"),
        ("+39 06 1234567", "+39061234567"),
        ("+1 201 555 0123", "+12015550123"),
    ],
)
def test_a_trunk_prefix_abroad_is_not_part_of_the_number(written: str, key: str) -> None:
    """`+49 030` and `+49 30` are one number; where the zero belongs to it, it stays."""
    assert phone_key(written) == key


@pytest.mark.parametrize(
    ("written", "region", "key"),
    [
        ("4917012345678", "DE", "+4917012345678"),
        ("49 170 1234567", "DE", "+491701234567"),
        ("49221123456", "DE", "+49221123456"),
        ("447700900123", "GB", "+447700900123"),
        ("491701234", "DE", "+49491701234"),
        ("55999991234", "BR", "+5555999991234"),
        ("4917012345678", "", "4917012345678"),
        ("4" * 40, "DE", ""),
    ],
)
def test_a_number_that_lost_its_plus(written: str, region: str, key: str) -> None:
    """Digits that begin with the code of the user's country and are whole with it name it; short ones are at home."""
    assert phone_key(written, region) == key


def addresses(chance: random.Random, count: int) -> Iterator[str]:
    """Yield what looks like an e-mail address, more or less."""

    def word(lengths: tuple[int, ...], letters: str) -> str:
        return "".join(chance.choices(letters, k=chance.choice(lengths)))

    for _ in range(count):
        local = word((1, 2, 5, 9, 64, 65), "abcXYZ019_-+%.")
        labels = [word((1, 2, 3, 4, 6, 63, 64), "abzXYx09n-") for _ in range(chance.randrange(1, 4))]
        first = chance.choice(("", "", "", "xn--"))
        yield f"{local}@{first}{'.'.join(labels)}.{word((1, 2, 3, 6, 24, 25), 'abcXY')}"


def test_an_address_has_one_key_however_quickly_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the quick way takes, the book takes, and keeps the same; names of local networks come too."""
    monkeypatch.setattr(email_validator, "SPECIAL_USE_DOMAIN_NAMES", [])
    quick = 0
    for address in addresses(random.Random(7), 1000 * TRIALS):
        try:
            book = validate_email(address, check_deliverability=False, test_environment=True).normalized.lower()
        except EmailNotValidError:
            book = ""
        assert email_key(address) == book, address
        quick += details.is_usual_email(address)
    assert quick > 100 * TRIALS
    assert email_key("ann@mail.local") == "ann@mail.local"
