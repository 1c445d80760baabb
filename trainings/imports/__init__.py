"""What tables bring to sessions, trainees and surveys."""
