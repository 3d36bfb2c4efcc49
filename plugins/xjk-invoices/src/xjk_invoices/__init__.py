"""Rule pack."""
