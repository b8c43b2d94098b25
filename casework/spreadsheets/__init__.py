"""Spreadsheets that come in, XLSX or CSV, as lines. What they ask, and of whom, their readers above say."""
