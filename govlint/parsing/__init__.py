"""A Document and a Template in, a Report out; knows no rule and no format."""
