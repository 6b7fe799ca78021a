"""Records for other programs: one frame behind all formats, and a module a format."""
