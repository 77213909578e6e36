"""Rasa components that read what owners write: clauses, features and one classifier."""
