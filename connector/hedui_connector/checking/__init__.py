"""The conformance test of the interface."""
