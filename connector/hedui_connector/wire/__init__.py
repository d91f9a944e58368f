"""What both sides of the exchange must agree on; imports nothing else of this distribution."""
