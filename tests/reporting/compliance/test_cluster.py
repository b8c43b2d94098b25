"""The same count by two workers of Dask (extra `cluster`)."""

import json
import sys

import pytest
from django.core.management import CommandError, call_command

from reporting.compliance.cluster import count_on_cluster
from reporting.compliance.files import count_file, list_files
from reporting.compliance.result import add_up
from tests.reporting.compliance.files import write_facts, write_passages

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(tmp_path):
    return write_facts(tmp_path / "facts.csv", ("AA01AA", "van", "", "5", "2015-01-01", "", ""))


@pytest.fixture
def folder(tmp_path):
    """Two files, of 1 and of 2 January 2027: from then on class 5 has no access."""
    found = tmp_path / "passages"
    found.mkdir()
    for name, at in (("a.csv", "2026-12-31T22:30:00Z"), ("b.csv", "2026-12-31T23:30:00Z")):
        write_passages(found / name, *[("AA01AA", "NL", at, "")] * 6)
    return found


def test_a_folder_is_counted_as_its_files_together(folder, facts, capsys):
    call_command("compliance", passages=folder, zone="GM0344", facts=facts)

    result = json.loads(capsys.readouterr().out)
    assert {row["why"]: row["count"] for row in result["rows"]} == {"rule": 6, "not_allowed": 6}
    assert (result["from"], result["to"]) == ("2026-12-31", "2027-01-01")


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"\.parquet"):
        call_command("compliance", passages=tmp_path, zone="GM0344")


def test_two_workers_count_what_one_counts(folder, facts):
    distributed = pytest.importorskip("distributed")
    files = list_files(folder)

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        parts = count_on_cluster(files, "GM0344", facts=facts, scheduler=cluster.scheduler_address)

    assert add_up(parts) == add_up([count_file(file, "GM0344", facts=facts) for file in files])


def test_without_dask_it_says_what_to_install(folder, facts, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask.distributed", None)

    with pytest.raises(CommandError, match="extra cluster"):
        call_command("compliance", passages=folder, zone="GM0344", facts=facts, scheduler="tcp://127.0.0.1:1")
