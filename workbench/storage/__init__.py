"""What is kept: the catalogue and its texts as files, everything else in a database."""
