"""The ground: where something is, and how precisely."""
