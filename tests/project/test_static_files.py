"""Static files as they are served: all that pages name, nothing that nobody asks for, packed, under lasting names."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

NAMED = re.compile(r"{% static '([^']+)'")
SHARED = re.compile(rb'from"\./([^"]+)"')


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation, as `make run` and the image fill it."""
    folder = tmp_path_factory.mktemp("collected")
    variables = {
        "VAR_DIR": str(folder),
        "STATIC_COLLECTED": "true",
        "DATABASE_URL": "postgres://nobody@localhost/nothing",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env={**os.environ, **variables}, check=True)
    return folder / "static"


@pytest.fixture(scope="module")
def names(collected: Path) -> dict[str, str]:
    """The name under which each file is served."""
    return dict(json.loads((collected / "staticfiles.json").read_text())["paths"])


def test_all_that_templates_name_is_there(collected, names):
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    named = {name for template in templates for name in NAMED.findall(template.read_text())}

    assert sorted(name for name in named if not (collected / names.get(name, "missing")).is_file()) == []
    assert len(named) > 30


def test_what_packages_bring_for_builders_is_not(names):
    endings = (".json", ".scss", ".less", ".cjs", ".ts", ".mjs.map")

    assert [name for name in names if name.endswith(endings) and not name.startswith("maps/")] == []
    assert not [name for name in names if name.startswith(("rest_framework/", "django_htmx/"))]


def test_modules_of_the_map_find_each_other_by_lasting_names(collected, names):
    for name in ("maplibre/maplibre-gl.mjs", "maplibre/maplibre-gl-worker.mjs"):
        (shared,) = set(SHARED.findall((collected / names[name]).read_bytes()))

        assert f"maplibre/{shared.decode()}" == names["maplibre/maplibre-gl-shared.mjs"]


def test_the_map_and_its_library_are_packed(collected, names):
    files = [collected / one for name, one in names.items() if name.startswith(("maplibre/", "maps/"))]
    packed = [Path(f"{file}.br").stat().st_size for file in files if file.stat().st_size > 600]

    assert len(packed) > 5
    assert sum(packed) < 280_000


def test_only_names_that_pages_ask_for_are_kept(collected, names):
    there = {str(file.relative_to(collected)) for file in collected.rglob("*") if file.is_file()}

    assert {name for name in there if not name.endswith((".br", ".gz"))} == {*names.values(), "staticfiles.json"}
