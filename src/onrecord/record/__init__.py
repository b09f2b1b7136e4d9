"""The store: one SQLite file. What was observed, what was derived from it, what people decided."""
