"""What every subject of the simulator stands on: columns, identifiers, workdays, books."""
