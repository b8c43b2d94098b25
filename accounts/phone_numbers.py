"""Mobile numbers as people type them, and as a gateway expects them (E.164)."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

INVISIBLE = re.compile(r"[\0\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Characters that programs copy along with a number."""
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
"""In countries such as the United States the number does not show which of the two it is."""


def read_number(typed: str) -> str:
    """The number as `+31612345678`; empty if it is no mobile number. Without a country code it is a Dutch one."""
    try:
        number = phonenumbers.parse(INVISIBLE.sub("", typed), "NL")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if is_mobile(number) else ""


def is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    """Whether text messages can reach it: neither a land line nor an extension."""
    return not number.extension and phonenumbers.number_type(number) in MOBILE
