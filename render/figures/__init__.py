"""Figures for a report: the sheet of paper, the map on it, the river strip on it, what stands around."""
