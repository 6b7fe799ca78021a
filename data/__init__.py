"""The records: what is known, and who says so. Knows no geography."""
