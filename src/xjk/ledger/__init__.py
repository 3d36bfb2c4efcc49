"""Where data lies while rules run."""
