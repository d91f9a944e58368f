"""The one TOML file."""
