"""Pages of the learning room: before the start, results, examinations, rates."""
