"""From a rule folder to a rule."""
