"""The letter to parliament: blocks of text with live numbers, composed into one document, in several file formats."""
