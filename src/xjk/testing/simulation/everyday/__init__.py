"""Everyday business: whole vouchers with their companion rows, written as text, as many as are wanted."""
