"""The demo: invented people, a year of invented but lawful history, and cases around today."""
