"""The frequent questions, as they come with the product."""


def load(*, overwrite: bool = False) -> None:
    """Add what is not there yet; twice is as once. What the editors wrote stays, also with `overwrite`."""
