"""Views of the portal, one file per subject: each looks something up, validates, takes a step or shows a page."""
