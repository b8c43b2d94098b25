"""The steps of objections and appeals, one file per phase. docs/workflow.md has the table of statuses and steps."""
