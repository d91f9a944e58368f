"""The exchange folder: the same messages as files, for networks that a gate keeps apart."""
