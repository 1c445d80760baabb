"""Closing a session: what the engine still finds missing of it, and the verb that refuses until nothing holds it open."""
