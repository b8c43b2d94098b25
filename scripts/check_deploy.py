"""Django's deploy check with the production settings of `.env.example`: a warning is a failure."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"


def read_example_environment() -> dict[str, str]:
    """Production settings as in the example, with secrets that open nothing."""
    lines = (line.strip() for line in EXAMPLE.read_text().splitlines())
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    secret = {"SECRET_KEY": secrets.token_urlsafe(64), "DATABASE_URL": "postgres://loket@nowhere.example/loket"}
    return {**keep, **example, **secret}


def main() -> int:
    """Run the check; returns its exit code."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
    return subprocess.run(command, env=read_example_environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
