"""Figures and identities in, what breaks, readings and corrections out; knows no report."""
