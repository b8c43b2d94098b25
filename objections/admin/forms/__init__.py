"""One form for each step of an objection and of an appeal: exactly what the step asks, the usual values filled in."""
