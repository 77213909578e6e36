"""For consultants: the web."""
