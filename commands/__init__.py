"""The commands, by what they are for; ``panjmap.cli`` puts them together."""
