from django.db import migrations, models

RECOGNISED = {
    "contract": (
        "koopovereenkomst, koopcontract, leasecontract, leaseovereenkomst, lease, contract, orderbevestiging, opdrachtbevestiging, bestelling, purchase agreement, lease agreement, order confirmation, kaufvertrag, leasingvertrag, auftragsbestätigung, bestellung"
    ),
    "supplier_letter": (
        "leverancier, leverbericht, levertijd, nieuwe leverdatum, vertraging, uitgesteld, supplier, delivery notice, new delivery date, delay, lieferant, lieferverzug, lieferverzögerung"
    ),
    "registration_document": (
        "kentekenbewijs, kentekencard, registration document, registration certificate, zulassung, fahrzeugschein, carte grise, certificat d immatriculation, dowód rejestracyjny"
    ),
    "quote": ("offerte, prijsopgave, specificatie, quote, quotation, specification, angebot"),
    "supplier_answers": ("antwoord, niet leverbaar, afwijzing, answer, not available, antwort, nicht lieferbar"),
    "road_tax": ("motorrijtuigenbelasting, mrb, wegenbelasting, belastingdienst, vehicle tax, road tax"),
    "adaptation_invoice": ("factuur, rekening, aanpassing, ombouw, invoice, adaptation, rechnung"),
    "disability_proof": ("beschikking, besluit, gehandicapten, wmo, uwv, disability"),
    "financial_form": ("financieel formulier, financial form"),
    "annual_accounts": (
        "jaarrekening, jaarcijfers, balans, winst en verlies, annual accounts, balance sheet, jahresabschluss"
    ),
    "vat_returns": ("btw, omzetbelasting, vat return, umsatzsteuer"),
    "vehicle_list": ("voertuigenlijst, lijst van voertuigen, voertuigen, wagenpark, vehicle list, fleet list"),
    "zone_contracts": (
        "opdracht, overeenkomst, contract, standplaatsvergunning, marktvergunning, vergunning, permit, assignment"
    ),
    "trips": ("ritten, rittenlijst, ritregistratie, ritstaat, trip list, trips"),
    "grid_proof": (
        "netbeheerder, congestie, capaciteitskaart, transportcapaciteit, netcapaciteit, grid operator, capacity map"
    ),
    "steps_proof": ("laadadvies, aansluiting, laadpaal, laadpunt, offerte, bestelling, charging, connection"),
    "trade_register": ("handelsregister, uittreksel, kvk, trade register, extract"),
    "lifting_proof": ("hefvermogen, kraanboek, laadkraan, typeplaat, typeplaatje, lifting moment, crane book"),
    "electric_proof": ("geofencing, telematica, telematics, ritgegevens, elektrisch, plug in"),
    "transport_permit": ("exceptioneel transport, exceptioneel, ontheffing, exceptional transport, permit"),
    "axles_proof": ("assen, aslast, axles"),
    "use_proof": ("kermis, circus, attractie, fair"),
    "organisation_statement": ("verklaring, dierenambulance, statement, animal ambulance"),
    "market_permit": ("marktvergunning, standplaats, markt, market permit"),
}
READ = {
    "acquisition": "acquisition",
    "lease_months": "lease_months",
    "ordered_vehicle": "vehicle",
    "ordered_on": "ordered_on",
    "expected_on": "expected_on",
}


def recognise_files(apps, schema_editor):
    requirements = apps.get_model("exemptions", "EvidenceRequirement").objects.using(schema_editor.connection.alias)
    for code, words in RECOGNISED.items():
        requirements.filter(code=code, recognised_by="").update(recognised_by=words)
    questions = apps.get_model("exemptions", "KindQuestion").objects.using(schema_editor.connection.alias)
    for code, reading in READ.items():
        questions.filter(kind__kind="LEV", code=code, read_as="").update(read_as=reading)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0050_kind_advised_for")]

    operations = [
        migrations.AddField(
            model_name="evidencerequirement",
            name="recognised_by",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Words in the name or the text of a file, with a comma between: it is put here by itself.",
                max_length=500,
                verbose_name="recognised by",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="kindquestion",
            name="read_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ordered_on", "the day of the order"),
                    ("expected_on", "the expected day of delivery"),
                    ("vehicle", "make and model"),
                    ("acquisition", "whether it is bought or leased"),
                    ("lease_months", "the months of the lease"),
                ],
                default="",
                help_text="What we read in the files that somebody adds is filled in here, for them to check.",
                max_length=20,
                verbose_name="read in a contract as",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(recognise_files, migrations.RunPython.noop),
    ]
