"""Who may come in, and how browsers are told to behave."""
