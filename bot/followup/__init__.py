"""Writing first: reminders, and check-ins on plans."""
