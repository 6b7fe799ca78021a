"""panjmap: an auditable, layered map of reported attacks along the Panj River.

For notebooks and scripts::

    from panjmap.data.tables import PACKAGED, read_tables
    from panjmap.render.write import read_map, write_map

The floors: ``panjmap.data`` (what is known, and who says so), ``panjmap.geo`` (where that is, and how precisely),
``panjmap.render`` (what a person looks at), ``panjmap.cli`` (the commands).
"""

__version__ = "0.1.0"
