"""The unit's half of the interface, over HTTP."""
