"""The portal, one file per subject; a view looks up, asks a form, takes a step, shows a page."""
