"""Create packs and rules from the tested example pack."""
