"""The concerns that branch organisations and interest groups raise: noted, changed, withdrawn, and never lost."""
