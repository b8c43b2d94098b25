"""From a plate to an application that is sent: the access answer, the draft, its files, what it lacks."""
