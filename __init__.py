"""panjmap: an auditable, layered map of reported attacks along the Panj River."""

__version__ = "0.1.0"
