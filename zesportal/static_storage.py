"""Static files as served: compressed, and named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, with imports between JavaScript modules also using those names."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.mjs", ((r"""(?P<matched>\bfrom["'](?P<url>\./[^"']+)["'])""", 'from"%(url)s"'),)),
    )
