"""Files that people send: name, size, what the content really is, scripts in a PDF, viruses."""
