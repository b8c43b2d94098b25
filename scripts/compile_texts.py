"""Compiles .po files into the .mo files that Django reads: `compile_texts locale/nl/LC_MESSAGES/django.po`."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    polib.pofile(name).save_as_mofile(str(Path(name).with_suffix(".mo")))
