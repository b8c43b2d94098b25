"""The settings: each variable is explained, and nonsense is refused."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scripts.check_deploy import read_example_environment
from zesportal import embedded_postgresql, env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
EXAMPLE = (BASE_DIR / ".env.example").read_text()
OF_OTHERS = {
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL_S3",
    "AWS_SECRET_ACCESS_KEY",
    "BACKUP_FOLDER",
    "COMPOSE_PROFILES",
    "DATABASE_APP_PASSWORD",  # of `make_database_role`
    "LOKET_IMAGE",
    "SITE_HOST",
    "WEB_CONCURRENCY",
}


def variables_that_the_settings_read() -> set[str]:
    """The first argument of each `env.…("NAME")`; a name with a provider in it once for eHerkenning and DigiD."""
    names: set[str] = set()
    code = "".join((BASE_DIR / f"zesportal/{name}.py").read_text() for name in ("settings", "login_brokers"))
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and re.fullmatch(r"env\.[a-z_]+", ast.unparse(node.func)):
            argument = ast.unparse(node.args[0]).lstrip("f").strip("'\"")
            for provider in ("EHERKENNING", "DIGID"):
                names.add(re.sub(r"{.*}", provider, argument))
    return names


def test_every_variable_is_explained_and_no_other():
    explained = set(re.findall(r"^#?([A-Z][A-Z0-9_]*)=", EXAMPLE, re.MULTILINE))

    assert explained - OF_OTHERS == variables_that_the_settings_read()


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_HOST", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(name: str):
    variables = {**read_example_environment(), name: ""}

    result = manage("check", **variables)

    assert result.returncode != 0
    assert f"{name}" in result.stderr.splitlines()[-1]


def test_production_starts_with_all_of_them():
    result = manage("check", "--deploy", "--fail-level=WARNING", **read_example_environment())

    assert result.stdout.startswith("System check identified no issues")
    assert result.returncode == 0


def test_a_secret_comes_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "secret").write_text("geheim\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))

    assert env.text("SECRET_KEY") == "geheim"


def test_a_missing_secret_file_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY_FILE", "/nowhere/secret")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE names a file that cannot be read"):
        env.text("SECRET_KEY")


@pytest.mark.parametrize("word", ["yes", "1", "on", "ture", ""])
def test_a_flag_is_true_or_false_and_nothing_else(word: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DEMO", word)

    with pytest.raises(ImproperlyConfigured, match="DEMO must be true or false"):
        env.flag("DEMO", default=True)


def test_a_number_is_a_whole_number(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("UPLOAD_MAX_MB", "twenty")

    with pytest.raises(ImproperlyConfigured, match="UPLOAD_MAX_MB must be a whole number"):
        env.number("UPLOAD_MAX_MB", 20)


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,")

    assert env.words("ALLOWED_HOSTS") == ["a.example", "b.example"]


def test_the_lock_files_name_no_other_registry():
    hosts = set(re.findall(r"https://([^/\"]+)/", (BASE_DIR / "uv.lock").read_text()))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert '"resolved"' not in (BASE_DIR / "package-lock.json").read_text()


def test_the_embedded_server_does_not_wait_for_a_killed_process(tmp_path: Path):
    dead = subprocess.Popen(["true"])
    dead.wait()
    users = tmp_path / embedded_postgresql.USERS
    users.write_text(json.dumps([os.getpid(), dead.pid]))

    embedded_postgresql.remove_dead_users(users)

    assert json.loads(users.read_text()) == [os.getpid()]


def test_a_list_that_was_half_written_stops_nobody(tmp_path: Path):
    users = tmp_path / embedded_postgresql.USERS
    users.write_text("[]995, 7118]")

    embedded_postgresql.remove_dead_users(users)

    assert json.loads(users.read_text()) == []


def test_production_without_a_virus_scanner_says_so_at_its_start():
    without = {name: value for name, value in read_example_environment().items() if name != "CLAMAV_HOST"}

    for words in (["check"], ["check", "--deploy", "--fail-level=WARNING"]):
        told = manage(*words, **without)
        assert "CLAMAV_HOST is not set" in told.stderr
        assert "no_virus_scanner" in told.stdout + told.stderr
    assert told.returncode == 1
    assert "CLAMAV_HOST" not in manage("check", **read_example_environment()).stderr


def test_the_embedded_database_has_an_address_for_the_role_that_serves() -> None:
    owner = "postgresql://postgres:@/loket?host=/var/postgres"

    assert embedded_postgresql.by_role(owner, "loket_app") == "postgresql://loket_app@/loket?host=/var/postgres"
