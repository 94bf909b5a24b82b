"""Paths in, Results out, on one core or many; knows no format."""
