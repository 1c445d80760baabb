"""Closing a session: what is still missing, asked of every room, and the verb that refuses until nothing is."""
