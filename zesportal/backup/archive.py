"""The file of a backup: a tar that only the owner's key opens (age, https://age-encryption.org)."""

import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage

PART = 1024 * 1024
"""The size limit of a member (bytes), so that neither side holds more than a few of them in memory."""

Member = tuple[str, bytes]


class BackupRefused(Exception):
    """No backup is made, or this one is not restored; the message says why and what to do."""


class IteratorFile(io.RawIOBase):
    """An iterator as a file that is read sequentially. Keeps any exception that the iterator raises."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, b""
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            while not self.rest:
                self.rest = next(self.chunks)
        except StopIteration:
            return b""
        except Exception as failure:
            self.failure = failure
            raise
        size = len(self.rest) if size < 0 else size
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken


# --- Writing ------------------------------------------------------------------------------------------


def parse_recipients(words: Iterable[str]) -> list[pyrage.x25519.Recipient | pyrage.ssh.Recipient]:
    """The public keys to encrypt for: age1… or ssh-ed25519 …; raises BackupRefused for anything else."""
    return [_parse_recipient(word) for word in words]


def _parse_recipient(word: str) -> pyrage.x25519.Recipient | pyrage.ssh.Recipient:
    sort = pyrage.ssh if word.startswith("ssh-") else pyrage.x25519
    try:
        return sort.Recipient.from_str(word)
    except pyrage.RecipientError as error:
        raise BackupRefused(
            f"“{word}” in BACKUP_RECIPIENTS is no public key (age1…). `manage.py make_backup_key` makes one."
        ) from error


def write_archive(members: Iterable[Member], path: Path, *, to: list[str]) -> None:
    """Write members into a file that only its owner can read and only the holders of these keys can decrypt."""
    keys, part = parse_recipients(to), path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _encrypt_stream(IteratorFile(_tar_members(members)), file, keys)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _encrypt_stream(
    source: IteratorFile, file: IO[bytes], keys: list[pyrage.x25519.Recipient | pyrage.ssh.Recipient]
) -> None:
    try:
        pyrage.encrypt_io(source, file, keys)
    except (pyrage.EncryptError, OSError) as error:
        # an error on our side says more than 'could not read'
        raise (source.failure or OSError(str(error))) from error


def _tar_members(members: Iterable[Member]) -> Iterator[bytes]:
    for name, content in members:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(content), 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        yield content
        yield bytes(-len(content) % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


# --- Reading ------------------------------------------------------------------------------------------


def read_identities(path: Path) -> list[pyrage.x25519.Identity | pyrage.ssh.Identity]:
    """The secret keys in a file, as written by `make_backup_key`, age-keygen or ssh-keygen."""
    try:
        text = path.read_text()
        if text.startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = (line.strip() for line in text.splitlines())
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupRefused(f"{path} cannot be read as the secret key of a backup: {error}.") from error
    if not keys:
        raise BackupRefused(f"{path} holds no secret key: a line that begins with AGE-SECRET-KEY-1.")
    return list(keys)


@contextmanager
def open_archive(path: Path, keys: list[pyrage.x25519.Identity | pyrage.ssh.Identity]) -> Iterator[Iterator[Member]]:
    """The members in order; raises BackupRefused if the file was tampered with, truncated or made for another key."""
    into, out = os.pipe()
    decryption = Decryption(path, keys, out)
    with os.fdopen(into, "rb") as plain:
        decryption.start()
        try:
            yield _untar_members(plain, decryption)
        finally:
            plain.close()  # a reader that stops halfway stops the other one too
            decryption.join()


class Decryption(Thread):
    """Decrypts into a pipe that somebody else reads from."""

    def __init__(self, path: Path, keys: list[pyrage.x25519.Identity | pyrage.ssh.Identity], out: int) -> None:
        super().__init__(name="decryption", daemon=True)
        self.path, self.keys, self.out = path, keys, out
        self.failure: Exception | None = None

    def run(self) -> None:
        """Decrypt to the end, keeping what is wrong with the file."""
        try:
            with os.fdopen(self.out, "wb") as plain, self.path.open("rb") as file:
                pyrage.decrypt_io(file, plain, self.keys)
        except (pyrage.DecryptError, OSError) as error:
            self.failure = error

    def refuse(self) -> None:
        """After everything was read, raise what is wrong with the file, if anything."""
        self.join()
        if self.failure and "No matching keys" in str(self.failure):
            raise BackupRefused("This key does not open the backup: it was made for another one.") from self.failure
        if self.failure:
            raise BackupRefused(
                f"{self.path.name} is not as it was made: it was changed or cut short ({self.failure}). "
                "Take another copy, or an earlier backup."
            ) from self.failure


def _untar_members(plain: IO[bytes], decryption: Decryption) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=plain, mode="r|", bufsize=PART) as tar:
            for info in tar:
                file = tar.extractfile(info)
                yield info.name, file.read() if file else b""
                tar.members = []  # type: ignore[attr-defined]  # it would remember each of them
        drain_pipe(plain)
    except (tarfile.TarError, EOFError) as error:
        drain_pipe(plain)
        decryption.refuse()
        raise BackupRefused(f"{decryption.path.name} is no backup of the Loket: {error}.") from error
    decryption.refuse()


def drain_pipe(file: IO[bytes]) -> None:
    """Read to the end, so that the writer of the pipe finishes."""
    while file.read(PART):
        pass
