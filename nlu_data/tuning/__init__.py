"""Makes nlu_data/encoder: see README.md. Runs in an environment of its own, never in use."""
