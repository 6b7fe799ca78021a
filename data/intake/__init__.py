"""From any file that somebody hands in to rows, or to the reasons why not."""
