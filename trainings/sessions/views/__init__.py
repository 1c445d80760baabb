"""Pages of the sessions. A trainer sees only the sessions they lead."""
