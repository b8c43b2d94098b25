"""The API for programs, version 1. Errors are `application/problem+json`; a plate never appears in a URL."""
