"""The version, where nothing else need be loaded to know it."""

__version__ = "0.2.0"
