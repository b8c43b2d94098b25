"""What a letter may not say is seen: the check of `tests/letter_reading.py` can fail."""

import pytest

from casework.models import Letter
from tests.letter_reading import list_faults


@pytest.mark.parametrize(
    "words",
    [
        "Dat staat in {explanation}.",
        "De reden: de indiener wil niet gehoord worden.",
        "The complainant does not want to be heard.",
        "Bedrag: None",
        "Uw aanvraag  is er.",
        "Uw aanvraag is er .",
        "De reden is: u bent te laat..",
        "- Kenteken:\n- Voertuig: VOLKSWAGEN",
        "- Laatste dag: ****",
        "## Waarom?\n\n## Wat betekent dit voor u?\n\nNiets.",
    ],
)
def test_a_fault_is_seen(words: str) -> None:
    assert list_faults(Letter(subject="Een brief", body=words))


@pytest.mark.parametrize(
    "words",
    [
        "Dan kunt u bezwaar maken. Dat kan tot en met **{object_until}**.",
        "Zij schreef: \\{explanation\\}.",
        "- Kenteken: –\n- Voertuig: VOLKSWAGEN\n\n## Waarom?\n\nDaarom (artikel 7:10, lid 4, Awb).",
    ],
)
def test_what_is_right_is_let_through(words: str) -> None:
    assert list_faults(Letter(subject="Een brief", body=words)) == []
