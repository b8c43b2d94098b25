"""One form per step of an objection or appeal: exactly what the step needs, with the usual values filled in."""
