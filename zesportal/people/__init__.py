"""People of the desk: who they are, which roles they have, and how they get and lose them."""
