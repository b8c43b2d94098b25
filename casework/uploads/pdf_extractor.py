"""The program that reads the words of one PDF, in its own process: `python pdf_extractor.py < FILE`; it prints them.

As the inspector beside it: a file that asks for too much costs only this process. Every page is printed as soon as it
is read, so that what was read before a limit is kept.
"""

import io
import sys
from pathlib import Path

import pypdf

MOST_PAGES, MOST_CHARACTERS = 10, 30_000
"""What a contract says of dates and vehicles stands on its first pages."""


def print_words(content: bytes) -> None:
    """Print the words of the first pages; of a file that cannot be read, nothing."""
    left = MOST_CHARACTERS
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    for number in range(min(len(pages), MOST_PAGES)):
        words = pages[number].extract_text()[:left]
        sys.stdout.buffer.write(words.encode(errors="replace") + b"\n")
        sys.stdout.buffer.flush()
        left -= len(words)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))  # Python in isolation does not look around itself
    from casework.uploads.pdf_inspector import limit_process

    limit_process()
    print_words(sys.stdin.buffer.read())
