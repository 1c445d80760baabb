"""What this floor knows of an organisation's trainings, for whoever judges: rows (pure), and their reading in bulk."""
