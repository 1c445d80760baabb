"""What every page says of one organisation, compared."""
