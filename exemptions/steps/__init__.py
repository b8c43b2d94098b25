"""The steps of an application, one file a phase. The status × step table is drawn in docs/workflow.md."""
