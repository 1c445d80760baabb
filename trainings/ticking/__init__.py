"""The steps of a session that what was recorded tells: nobody says them a second time."""
