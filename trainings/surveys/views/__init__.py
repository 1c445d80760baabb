"""Pages of the surveys: the trainee's (public), the trainer's (share), the team's (results)."""
