"""How often pages are read, without cookies and without knowing who reads."""
