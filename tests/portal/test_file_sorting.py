"""To which item a file goes by itself."""

import pytest

from exemptions.intake.file_sorting import Place, choose_place

CONTRACT = Place("contract", "koopovereenkomst, leasecontract, contract, orderbevestiging")
LETTER = Place("letter", "leverancier, vertraging, nieuwe leverdatum", is_needed=False)
VAT = Place("vat", "btw")
LIST = Place("list", "wagenpark, lijst van voertuigen")
FORM = Place("form", "financieel formulier")
MANY = [VAT, LIST, FORM]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("BTW-aangifte Q1.pdf", "", "vat"),
        ("btw_2026.pdf", "", "vat"),
        ("Financieel-Formulier 2026.xlsx", "", "form"),
        ("scan.pdf", "Ons wagenpark: lijst van voertuigen", "list"),
        ("scan.pdf", "wagenpark, lijst van voertuigen, inclusief btw", "list"),
        ("btw.pdf", "ons wagenpark en de lijst van voertuigen", "vat"),
        ("IMG_0001.jpg", "", ""),
        ("btw en wagenpark.pdf", "", ""),
        ("subtwee.pdf", "", ""),
        ("", "", ""),
        ("\u202efdp.wtb" + "a" * 300, "", ""),
    ],
)
def test_a_name_counts_more_than_words_and_a_tie_is_left_to_the_applicant(name, text, place):
    assert choose_place(name, text, MANY) == place


def test_what_nobody_can_tell_goes_to_the_only_item_that_is_needed():
    assert choose_place("IMG_1.jpg", "", [CONTRACT, LETTER]) == "contract"
    assert choose_place("IMG_2.jpg", "", [Place("contract", "contract", is_empty=False), LETTER]) == "contract"
    assert choose_place("vertraging.pdf", "", [CONTRACT, LETTER]) == "letter"


def test_with_one_item_left_that_is_needed_it_goes_there():
    full = [Place("vat", "btw", is_empty=False), Place("list", "wagenpark", is_empty=False), FORM]

    assert choose_place("IMG_1.jpg", "", full) == "form"
    assert choose_place("IMG_1.jpg", "", []) == ""
    assert choose_place("iets.pdf", "", [LETTER]) == "letter"
