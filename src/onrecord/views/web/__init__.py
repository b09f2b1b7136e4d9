"""Pages that are made from the record as they are asked for."""
