"""The portal, one file a subject; a view is a door: it looks up, asks a form, takes a step, shows a page."""
