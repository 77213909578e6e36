"""What a message says: quantities in process, acts and options by Rasa, both in the light of the
question asked."""
