"""Whether the web server of this container answers well. Exit code 0 or 1."""

import os
import sys

import httpx

headers = {"Host": os.environ["ALLOWED_HOSTS"].split(",")[0].strip()}
try:
    answer = httpx.get("http://127.0.0.1:8000/gezondheid", headers=headers, timeout=5)
except httpx.HTTPError as error:
    sys.exit(f"No answer: {error}")
if not answer.is_success:
    sys.exit(answer.text)
