"""Where the answers come from: a database, or a folder of files."""
