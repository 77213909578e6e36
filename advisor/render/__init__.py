"""Plans and values for people: one view, then HTML, Telegram text and JSON."""
