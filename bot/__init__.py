"""For owners: the conversation's edges. Understanding, one turn at a time, and the channels."""
