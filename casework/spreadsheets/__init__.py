"""Spreadsheets: the cells that we write, and the lines of a file, XLSX or CSV, that comes in.

Which columns are asked, and who may send them, is the business of the apps above.
"""
