"""What can be done with needs, positioning, results and examinations."""
