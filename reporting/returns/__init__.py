"""What municipalities hand in each month: by form or by spreadsheet, with history, reminders and an overview."""
