"""Which texts of the product have no translation. With `--add` they are put into the .po files, to be translated.

Dutch has every text. The other languages of `accounts.site_languages` have those of the pages that they cover
(`zesportal.languages`), and the English texts of the reference tables, which are translated from their catalogues too.

Exit code 1 when one is missing, unfinished (fuzzy) or names other placeholders than the English text.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

import django
import polib

from accounts.site_languages import BY_CODE, Coverage

BASE_DIR = Path(__file__).resolve().parent.parent
FOR_ACCESS = (
    "accounts/adapters.py",
    "accounts/entrance.py",
    "accounts/form_recovery.py",
    "accounts/passwords.py",
    "exemptions/access_today.py",
    "exemptions/countries.py",
    "exemptions/day_exemptions.py",
    "exemptions/fees.py",
    "exemptions/intake/access.py",
    "exemptions/intake/advice.py",
    "exemptions/intake/day_wish.py",
    "exemptions/intake/eligibility.py",
    "exemptions/intake/prefill.py",
    "exemptions/intake/summary.py",
    "exemptions/forms/access.py",
    "exemptions/forms/advice.py",
    "exemptions/forms/applicant.py",
    "exemptions/forms/check.py",
    "exemptions/forms/day.py",
    "exemptions/forms/facts.py",
    "exemptions/forms/fields.py",
    "exemptions/forms/plate.py",
    "exemptions/forms/vehicle.py",
    "exemptions/views/access*.py",
    "exemptions/views/day_exemption.py",
    "exemptions/views/verify.py",
    "templates/40*.html",
    "templates/500.html",
    "templates/base.html",
    "templates/error_base.html",
    "templates/account/confirm_email_verification_code.html",
    "templates/account/confirm_login_code.html",
    "templates/account/login.html",
    "templates/account/signup.html",
    "templates/account/messages/*",
    "templates/account/email/account_already_exists*",
    "templates/account/email/base_message.txt",
    "templates/account/email/email_confirmation*",
    "templates/account/email/login_code*",
    "templates/account/email/password_reset_key*",
    "templates/account/email/unknown_account*",
    "templates/components/*",
    "templates/information/_outage_now.html",
    "templates/information/_topic_list.html",
    "templates/information/home.html",
    "templates/portal/_by_law.html",
    "templates/portal/_day_fee.html",
    "templates/portal/_for_you.html",
    "templates/portal/_kind_card.html",
    "templates/portal/_kind_details.html",
    "templates/portal/_obstacles.html",
    "templates/portal/access*",
    "templates/portal/day_exemption*",
    "templates/portal/*verify*",
    "zones/plates.py",
    "zones/wording.py",
    "zesportal/context.py",
)
FOR_CARRIERS = (
    *FOR_ACCESS,
    "casework/uploads/*.py",
    "exemptions/intake/[!e]*.py",
    "exemptions/forms/kind.py",
    "exemptions/forms/period.py",
    "exemptions/forms/questions.py",
    "exemptions/portal/track.py",
    "exemptions/views/a[cp]*.py",
    "helpdesk/assistant/replies.py",
    "helpdesk/assistant/places.py",
    "helpdesk/assistant/values.py",
    "helpdesk/assistant/vehicles.py",
    "helpdesk/assistant/views.py",
    "helpdesk/information/pages.py",
    "helpdesk/information/timeline.py",
    "helpdesk/information/zone_map.py",
    "helpdesk/information/zone_page.py",
    "helpdesk/mailbox/views.py",
    "templates/assistant/[!d]*",
    "templates/information/_*",
    "templates/information/faq.html",
    "templates/information/kind*.html",
    "templates/information/prices.html",
    "templates/information/topic.html",
    "templates/information/zone.html",
    "templates/information/zones.html",
    "templates/mailbox/contact.html",
    "templates/mailbox/sent.html",
    "templates/portal/_apply_*.html",
    "templates/portal/_business.html",
    "templates/portal/_declaration.html",
    "templates/portal/_kind*.html",
    "templates/portal/_track.html",
    "templates/portal/apply*",
    "templates/portal/receipt.html",
    "templates/watches/*",
    "watches/forms.py",
    "watches/mail_words.py",
    "watches/views.py",
)
"""The files with the texts of those pages. tests/front/test_languages.py finds texts from other files."""
SAID_BY = {Coverage.ACCESS: FOR_ACCESS, Coverage.CARRIERS: FOR_CARRIERS}
TABLES = {
    "exemptions/data/kinds.csv": dict.fromkeys(
        ("name_en", "summary_en", "conditions_en", "duration_en"), Coverage.ACCESS
    ),
    "exemptions/data/questions.csv": dict.fromkeys(
        ("label_en", "help_en", "outside_en", "choices_en"), Coverage.CARRIERS
    ),
    "exemptions/data/evidence.csv": {"name_en": Coverage.ACCESS, "help_en": Coverage.CARRIERS},
    "zones/reference/*.csv": {"explanation_en": Coverage.ACCESS},
}
"""The English columns of the reference tables, and which languages translate them."""
SETTINGS, ON_PAGES = "casework/data/policies.csv", {"channel_text_en"}
"""The words among the policy settings that are on a page in every language."""
MAILS = "watches/data/letter_texts/*.en.md"
"""Mails in the languages for carriers: subject and text are each translated as a whole."""
SOURCES = {".py", ".html", ".txt"}
NOT_OURS = ("tests/", "benchmarks/", "scripts/")


def main() -> int:
    """Compare the texts in the code and the tables with the catalogues."""
    wanted = texts_in_the_code()
    wanted_for = {coverage: select_texts(wanted, coverage) for coverage in (Coverage.ACCESS, Coverage.CARRIERS)}
    others = [one for one in BY_CODE.values() if one.code not in ("nl", "en")]
    wrong = [check_catalogue("nl", wanted), *(check_catalogue(one.code, wanted_for[one.coverage]) for one in others)]
    borrowed = texts_of_packages()
    shipped = open_catalogue("nl")
    report_texts(
        "No longer used", [entry for entry in shipped if not has_text(wanted, entry) and entry.msgid not in borrowed]
    )
    return 1 if any(wrong) else 0


def select_texts(texts: polib.POFile, coverage: Coverage) -> polib.POFile:
    """The texts that a language with this coverage needs, each once."""
    selected = polib.POFile()
    for entry in [*(one for one in texts if is_said_by(one, coverage)), *texts_of_tables(coverage)]:
        if not has_text(selected, entry):
            selected.append(entry)
    return selected


def find_catalogue(code: str) -> Path:
    """The file with the texts of a language."""
    return BASE_DIR / f"locale/{code}/LC_MESSAGES/django.po"


def open_catalogue(code: str) -> polib.POFile:
    """The texts of a language; for a new one an empty file, with Django's plural forms."""
    if (catalogue := find_catalogue(code)).exists():
        return polib.pofile(str(catalogue))
    empty = polib.POFile()
    django_own = polib.pofile(str(Path(django.__file__).parent / f"conf/locale/{code}/LC_MESSAGES/django.po"))
    empty.metadata = {
        "Language": code,
        **{name: django_own.metadata[name] for name in ("MIME-Version", "Content-Type", "Content-Transfer-Encoding")},
        "Plural-Forms": django_own.metadata["Plural-Forms"],
    }
    return empty


def check_catalogue(code: str, wanted: polib.POFile) -> bool:
    """Whether a catalogue lacks a text or has a wrong one."""
    catalogue, shipped = find_catalogue(code), open_catalogue(code)
    missing = [entry for entry in wanted if not is_translated(shipped, entry)]
    if "--add" in sys.argv:
        add_missing(shipped, missing, to=catalogue)
    report_texts(f"No {BY_CODE[code].english_name} text for", missing)
    return bool(missing) or (catalogue.exists() and wrong_placeholders(catalogue))


def is_said_by(entry: polib.POEntry, coverage: Coverage) -> bool:
    """Whether a text is on a page of the languages with this coverage."""
    return any(fnmatch(file, pattern) for file, _line in entry.occurrences for pattern in SAID_BY[coverage])


def texts_of_tables(coverage: Coverage) -> list[polib.POEntry]:
    """The English texts of the reference tables and some mails, as `accounts.languages.in_language` looks them up."""
    found: dict[str, Path] = {}
    for pattern, columns in TABLES.items():
        said = [name for name, needed in columns.items() if coverage >= needed]
        for file in sorted(BASE_DIR.glob(pattern)):
            with file.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    found |= {row[name]: file for name in said if row.get(name)}
    with (BASE_DIR / SETTINGS).open(encoding="utf-8", newline="") as lines:
        found |= {
            json.loads(row["value"]): BASE_DIR / SETTINGS for row in csv.DictReader(lines) if row["name"] in ON_PAGES
        }
    for file in sorted(BASE_DIR.glob(MAILS)) if coverage >= Coverage.CARRIERS else ():
        subject, _line_end, body = file.read_text(encoding="utf-8").partition("\n")
        found |= {subject.strip(): file, body.strip() + "\n": file}
    return [
        polib.POEntry(msgid=text, occurrences=[(str(file.relative_to(BASE_DIR)), "")]) for text, file in found.items()
    ]


def texts_in_the_code() -> polib.POFile:
    """Everything marked by `gettext` and `{% translate %}`, extracted from a copy so that nothing is overwritten."""
    if shutil.which("xgettext") is None:
        sys.exit("xgettext is missing. Install gettext: sudo apt-get install gettext")
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for source in our_files():
            (copy / source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BASE_DIR / source, copy / source)
        (copy / "locale").mkdir(exist_ok=True)
        command = ["-m", "django", "makemessages", "--locale=nl", "--keep-pot", "--verbosity=0"]
        subprocess.run([sys.executable, *command], cwd=copy, check=True)
        return polib.pofile((copy / "locale/django.pot").read_text())


def our_files() -> list[str]:
    """The files that may contain a text, committed or not."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=BASE_DIR, check=True, capture_output=True, text=True).stdout.splitlines()
    return [
        name
        for name in names
        if Path(name).suffix in SOURCES and not name.startswith(NOT_OURS) and (BASE_DIR / name).is_file()
    ]


def texts_of_packages() -> set[str]:
    """The texts of Django, allauth and other packages, which the Dutch catalogue may improve or complete."""
    packages = Path(django.__file__).resolve().parent.parent
    return {
        entry.msgid
        for catalogue in packages.glob("**/locale/*/LC_MESSAGES/django.po")
        if catalogue.parts[-3] in {"nl", "en"}
        for entry in polib.pofile(str(catalogue))
    }


def find_text(texts: polib.POFile, entry: polib.POEntry) -> polib.POEntry | None:
    """The same text in another file."""
    found = texts.find(entry.msgid, msgctxt=entry.msgctxt or False)
    return found if isinstance(found, polib.POEntry) else None


def has_text(texts: polib.POFile, entry: polib.POEntry) -> bool:
    """Whether another file has the text too."""
    return find_text(texts, entry) is not None


def is_translated(texts: polib.POFile, entry: polib.POEntry) -> bool:
    """Whether a text is translated, including its plural."""
    found = find_text(texts, entry)
    if found is None or bool(found.msgid_plural) != bool(entry.msgid_plural):
        return False
    return bool(found.translated())


def wrong_placeholders(catalogue: Path) -> bool:
    """Whether a translation names a placeholder that the text does not have; msgfmt says which."""
    command = ["msgfmt", "--check-format", "--output-file=/dev/null", str(catalogue)]
    return subprocess.run(command, check=False).returncode != 0


def add_missing(texts: polib.POFile, missing: list[polib.POEntry], *, to: Path) -> None:
    """Add the missing texts to the file, untranslated."""
    texts.extend(entry for entry in missing if not has_text(texts, entry))
    to.parent.mkdir(parents=True, exist_ok=True)
    texts.save(str(to))


def report_texts(heading: str, entries: list[polib.POEntry]) -> None:
    """Print one line for each, with where the text is used."""
    for entry in entries:
        places = ", ".join(f"{file}:{line}" for file, line in entry.occurrences[:3])
        print(f"{heading}: {entry.msgid!r} {places}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
