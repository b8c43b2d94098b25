"""What is learnt once is there for every process, and is learnt again where something changed."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from helpdesk import tasks
from helpdesk.assistant import answer, knowledge
from helpdesk.assistant.knowledge import OUT, Asked, digest_of, get_matcher
from helpdesk.assistant.matcher import Matcher
from helpdesk.models import Phrase, Topic

KNOWN: list[Asked] = [
    ("wat kost een ontheffing", "kosten", "nl"),
    ("hoe hoog is de boete", "hoogte-boete", "nl"),
    ("wat voor weer wordt het", OUT, "nl"),
]
ODD = "flapdrol wibra kwik"


def best(known: list[Asked], question: str) -> str:
    return str(get_matcher(known, digest_of(known)).rank(question)[0].label)


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Where nothing was learnt yet."""
    learnt_dir = tmp_path / "learnt"
    settings.LEARNT_DIR = learnt_dir
    return learnt_dir


@pytest.fixture(scope="module")
def learnt() -> Matcher:
    """What is learnt of the little that is known here: once, for it takes seconds."""
    return knowledge._learn_matcher(KNOWN)


@pytest.fixture
def kept(folder: Path, learnt: Matcher) -> Path:
    """A folder with the file of what was learnt."""
    folder.mkdir()
    knowledge.keep_matcher(learnt, digest_of(KNOWN))
    return folder


@pytest.fixture
def folder_of_its_own(settings, tmp_path: Path) -> None:
    """All that was learnt so far; what is learnt now no other test finds."""
    copytree(settings.LEARNT_DIR, tmp_path / "learnt", copy_function=os.symlink)
    settings.LEARNT_DIR = tmp_path / "learnt"


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One that knows nothing yet."""

    def begin() -> None:
        monkeypatch.setattr(knowledge, "_known", knowledge._Known())

    return begin


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.npz"))


def test_what_one_process_learnt_the_next_reads_from_its_file(folder: Path):
    assert best(KNOWN, "kost het wat?") == "kosten"
    [file] = files(folder)
    written = file.stat().st_mtime_ns

    assert best(KNOWN, "kost het wat?") == "kosten"
    assert [one.stat().st_mtime_ns for one in files(folder)] == [written]


def test_what_was_kept_answers_as_what_was_learnt(kept: Path, learnt: Matcher):
    again = knowledge.load_matcher(digest_of(KNOWN))

    assert again is not None
    for question in ("kost dat veel", "boete?", "regent het", "How much is it?"):
        assert [one.label for one in again.rank(question)] == [one.label for one in learnt.rank(question)]
        assert again.languages(question) == pytest.approx(learnt.languages(question), abs=1e-4)


def test_a_new_way_to_ask_is_another_file(kept: Path):
    assert best([*KNOWN, ("leges", "kosten", "nl")], "leges") == "kosten"
    assert len(files(kept)) == 2


def test_only_the_newest_files_stay(kept: Path, learnt: Matcher):
    for number in range(knowledge.KEPT + 2):
        knowledge.keep_matcher(learnt, digest_of([*KNOWN, (f"leges {number}", "kosten", "nl")]))

    assert len(files(kept)) == knowledge.KEPT


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no file of ours at all"])
def test_a_file_that_is_not_whole_is_as_none(kept: Path, content: bytes):
    assert knowledge.load_matcher(digest_of(KNOWN)) is not None

    files(kept)[0].write_bytes(content)

    assert knowledge.load_matcher(digest_of(KNOWN)) is None


def test_a_file_that_is_not_whole_is_learnt_again(kept: Path):
    files(kept)[0].write_bytes(b"PK\x03\x04")

    assert best(KNOWN, "hoe hoog is die boete") == "hoogte-boete"
    assert knowledge.load_matcher(digest_of(KNOWN)) is not None


def test_where_nothing_can_be_written_it_learns_for_itself(settings, tmp_path: Path):
    (tmp_path / "file").touch()
    settings.LEARNT_DIR = tmp_path / "file"

    assert best(KNOWN, "hoe hoog is die boete") == "hoogte-boete"


@pytest.mark.django_db
def test_a_way_to_ask_is_known_word_by_word_before_anything_is_learnt(another_process: Callable[[], None]):
    answer("wat kost een ontheffing")
    before = knowledge.get_knowledge().matcher
    never_learnt = f"{ODD} plof"  # by no other test: what one of them learnt stands in a file that all share
    Phrase.objects.create(topic=Topic.objects.get(slug="kosten"), language="nl", phrase=never_learnt)

    assert answer(f"{never_learnt.upper()}?").topics[:1] == ["kosten"]
    assert knowledge.get_knowledge().matcher is before


@pytest.mark.django_db
def test_what_the_worker_learnt_after_an_editor_all_processes_use(
    folder_of_its_own: None, another_process: Callable[[], None]
):
    answer("wat kost een ontheffing")
    before = knowledge.get_knowledge().matcher
    Phrase.objects.exclude(topic__slug="kosten").delete()  # little to learn
    Phrase.objects.create(topic=Topic.objects.get(slug="kosten"), language="nl", phrase=ODD)

    tasks.learn_ways_to_ask()

    assert knowledge.get_knowledge().matcher is not before
    assert knowledge.get_knowledge().digest == knowledge.get_knowledge().learnt_from


@pytest.mark.django_db
def test_learning_again_where_nothing_changed_learns_nothing():
    tasks.learn_ways_to_ask()

    assert knowledge.learn_changes() is False


@pytest.mark.django_db
def test_nobody_waits_before_anything_was_learnt(folder: Path, another_process: Callable[[], None]):
    Phrase.objects.exclude(topic__slug="hoogte-boete").delete()  # little to learn
    another_process()

    first = answer("Wat is de boete dan precies?")
    assert (first.topics, first.handed_over, files(folder)) == ([], True, [])
    assert "over een minuut" in first.text
    assert answer("is breda ook").topics == ["welke-gemeenten"]

    learner = knowledge._known._learner
    assert learner
    learner.join(timeout=120)
    assert answer("Wat is de boete dan precies?").topics == ["hoogte-boete"]


@pytest.mark.django_db
def test_a_process_that_begins_answers_by_what_was_learnt_last(another_process: Callable[[], None]):
    Phrase.objects.create(topic=Topic.objects.get(slug="kosten"), language="nl", phrase=f"{ODD} en meer")
    another_process()

    assert answer("hoe hoog is de boete").topics[0] == "hoogte-boete"
    assert knowledge.get_knowledge().learnt_from != knowledge.get_knowledge().digest


@pytest.mark.django_db
def test_the_worker_teaches_the_assistant(folder: Path, another_process: Callable[[], None]):
    tasks.learn_ways_to_ask()
    another_process()

    assert knowledge.get_knowledge().learnt_from == knowledge.get_knowledge().digest
    assert len(files(folder)) == 1
