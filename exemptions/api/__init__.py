"""The API for programs, version 1. Errors are `application/problem+json`; a plate is never in an address."""
