"""Static files as they are served: packed, and named by what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's own; a module of JavaScript finds the others by those names too."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.mjs", ((r"""(?P<matched>\bfrom["'](?P<url>\./[^"']+)["'])""", 'from"%(url)s"'),)),
    )
