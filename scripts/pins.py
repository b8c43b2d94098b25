"""Finds what is not pinned: an action without a commit hash is an error, an image named by tag is reported."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
COMMIT = re.compile(r"@[0-9a-f]{40}\b")
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}\b")
OWN = ("assets", "packages", "product", "loket:latest")


def find_actions() -> Iterator[tuple[str, str]]:
    """Each third-party action of the workflows, with its file."""
    for path in sorted((HERE / ".github/workflows").glob("*.yml")):
        for action in re.findall(r"uses:\s*(\S+)", path.read_text()):
            yield path.name, action


def find_images() -> Iterator[tuple[str, str]]:
    """Each third-party image, with the file that names it."""
    named = re.compile(r"^[ ]*(?:FROM|image:|container:)[ ]+(\S+)", re.MULTILINE)
    for path in (HERE / "Dockerfile", HERE / "compose.yaml", *sorted((HERE / ".github/workflows").glob("*.yml"))):
        for image in named.findall(path.read_text()):
            if not any(own in image for own in OWN):
                yield path.name, image


def main() -> int:
    """Report them; returns 1 if an action is not pinned."""
    loose = [f"{file}: {action}" for file, action in find_actions() if not COMMIT.search(action)]
    told = sorted({f"{file}: {image}" for file, image in find_images() if not DIGEST.search(image)})
    print("Images by tag, not by digest:", *told, sep="\n  ")
    if loose:
        print("Actions that are not pinned to a commit:", *loose, sep="\n  ")
    return 1 if loose else 0


if __name__ == "__main__":
    sys.exit(main())
