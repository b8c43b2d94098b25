"""Spreadsheets: the cells that we write, and the lines of XLSX and CSV files that come in.

Which columns are expected, and who may send them, is up to the apps above.
"""
