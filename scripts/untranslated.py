"""Which texts of the product have no Dutch translation. With `--add` they are put into the .po file, to be translated.

Exit code 1 when one is missing, unfinished (fuzzy) or names other placeholders than the English text.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib

BASE_DIR = Path(__file__).resolve().parent.parent
DUTCH = BASE_DIR / "locale/nl/LC_MESSAGES/django.po"
SOURCES = {".py", ".html", ".txt"}
NOT_OURS = ("tests/", "benchmarks/", "scripts/")


def main() -> int:
    """Compare the texts in the code with the Dutch ones."""
    shipped = polib.pofile(str(DUTCH)) if DUTCH.exists() else polib.POFile()
    wanted = texts_in_the_code()
    missing = [entry for entry in wanted if not is_translated(shipped, entry)]
    if "--add" in sys.argv:
        add(shipped, missing)
    report("No Dutch text for", missing)
    borrowed = texts_of_packages()
    report("No longer used", [entry for entry in shipped if not has(wanted, entry) and entry.msgid not in borrowed])
    broken = DUTCH.exists() and wrong_placeholders()
    return 1 if missing or broken else 0


def texts_in_the_code() -> polib.POFile:
    """Everything that `gettext` and `{% translate %}` mark, gathered in a copy so that nothing here is written."""
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
    """The files that can hold a text, committed or not yet."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=BASE_DIR, check=True, capture_output=True, text=True).stdout.splitlines()
    return [
        name
        for name in names
        if Path(name).suffix in SOURCES and not name.startswith(NOT_OURS) and (BASE_DIR / name).is_file()
    ]


def texts_of_packages() -> set[str]:
    """What Django, allauth and the others say: the Dutch file may say it better, or say what they leave in English."""
    packages = Path(django.__file__).resolve().parent.parent
    return {
        entry.msgid
        for catalogue in packages.glob("**/locale/*/LC_MESSAGES/django.po")
        if catalogue.parts[-3] in {"nl", "en"}
        for entry in polib.pofile(str(catalogue))
    }


def find(texts: polib.POFile, entry: polib.POEntry) -> polib.POEntry | None:
    """The same text in another file."""
    found = texts.find(entry.msgid, msgctxt=entry.msgctxt or False)
    return found if isinstance(found, polib.POEntry) else None


def has(texts: polib.POFile, entry: polib.POEntry) -> bool:
    """Whether a text stands in another file too."""
    return find(texts, entry) is not None


def is_translated(texts: polib.POFile, entry: polib.POEntry) -> bool:
    """Whether a text has its words, in the plural too where it has one."""
    found = find(texts, entry)
    if found is None or bool(found.msgid_plural) != bool(entry.msgid_plural):
        return False
    return bool(found.translated())


def wrong_placeholders() -> bool:
    """Whether a translation names a placeholder that the text does not; msgfmt says which."""
    command = ["msgfmt", "--check-format", "--output-file=/dev/null", str(DUTCH)]
    return subprocess.run(command, check=False).returncode != 0


def add(texts: polib.POFile, missing: list[polib.POEntry]) -> None:
    """Put the missing texts into the Dutch file, without words."""
    texts.extend(entry for entry in missing if not has(texts, entry))
    texts.save(str(DUTCH))


def report(heading: str, entries: list[polib.POEntry]) -> None:
    """One line each, with the place where the text stands."""
    for entry in entries:
        places = ", ".join(f"{file}:{line}" for file, line in entry.occurrences[:3])
        print(f"{heading}: {entry.msgid!r} {places}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
