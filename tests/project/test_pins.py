"""What others make runs here by the commit that was looked at, not by a name that they can move."""

import json
import tomllib
from pathlib import Path

from scripts import pins

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_action_is_named_by_its_commit() -> None:
    named = list(pins.find_actions())

    assert named
    assert [action for _file, action in named if not pins.COMMIT.search(action)] == []


def test_every_image_of_others_is_told() -> None:
    named = {image for _file, image in pins.find_images()}

    assert {"postgres:18-bookworm", "node:22-bookworm-slim"} <= named
    assert "packages" not in named


def test_the_installer_of_packages_is_taken_by_checksum_only() -> None:
    for file in ("Dockerfile", "scripts/uv.sh"):
        installs = [line for line in (ROOT / file).read_text().splitlines() if "pip install" in line]
        assert installs
        assert all("--require-hashes" in line for line in installs), file


def test_the_bill_of_materials_names_one_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert json.loads((ROOT / "package.json").read_text())["version"] == version
    assert json.loads((ROOT / "package-lock.json").read_text())["version"] == version
