"""What every subject of the generator stands on: columns, identifiers, workdays, books."""
