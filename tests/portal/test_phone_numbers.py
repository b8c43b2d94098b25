"""Mobile numbers, as people type them."""

from accounts.phone_numbers import read_number
from tests.looping import each

OWN = "+31612345678"
TYPED = {
    "0612345678": OWN,
    "06-12345678": OWN,
    "06 12 34 56 78": OWN,
    "+31612345678": OWN,
    "+31 6 1234 5678": OWN,
    "+31 (0)6 12345678": OWN,
    "+310612345678": OWN,
    "0031 6 12345678": OWN,
    "00310612345678": OWN,
    "\u202a06\u00a01234\u20115678\u202c": OWN,
    "+49 151 12345678": "+4915112345678",
    "0032 470 12 34 56": "+32470123456",
    "+1 212 555 2368": "+12125552368",
    "": "",
    "06 1234567": "",
    "06 123456789": "",
    "030 2345678": "",
    "+31 30 2345678": "",
    "+49 30 123456": "",
    "+32 2 123 45 67": "",
    "+44 20 7946 0958": "",
    "06 12345678 x5": "",
    "+31 97 1234 56789": "",
    "612345678": OWN,
    "+0612345678": "",
    "+123": "",
    "+1234567890123456": "",
    "06 1234567a": "",
    "٠٦١٢٣٤٥٦٧٨": OWN,
    "+31612345678; rm -rf": "",
}


@each("typed, number", TYPED.items())
def test_a_number_is_read_however_it_is_typed(typed, number):
    assert read_number(typed) == number


@each("typed", TYPED)
def test_what_was_read_reads_as_itself(typed):
    assert read_number(read_number(typed)) == read_number(typed)
