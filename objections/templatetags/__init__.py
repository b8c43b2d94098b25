"""Template tags with which objections appear on pages of lower apps."""
