"""The steps of an objection and of an appeal, one file a phase. The status × step table is in docs/workflow.md."""
