"""The services, scriptable."""
