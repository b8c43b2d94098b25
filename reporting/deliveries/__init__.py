"""What others hand in month by month: versions, forms, reminders and pages, the same for every kind of delivery."""
