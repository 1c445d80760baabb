"""All the sessions: those that wait for a hand first, and the year on one line."""
