"""The information site, the assistant and the mailbox of the editors."""
