"""Spreadsheets: the cells that we write, and the lines of a file, XLSX or CSV, that comes in.

Which columns are expected, and who may send them, is up to the apps above.
"""
