"""Report -> Tagging: one encoder, one pass."""
