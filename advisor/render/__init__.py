"""Plans and values for people: one view, then every format."""
