"""The same services as JSON, for programs of a practice: /api/v1."""
