"""A fleet: reading many plates, what the register and the rules say of each, and applying for many at once."""
