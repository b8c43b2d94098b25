"""The steps of an application, one file per phase. docs/workflow.md has the table of statuses and steps."""
