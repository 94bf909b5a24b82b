"""Which packages there are: found, so that a new folder of the package or family of rules is in no list."""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["govlint", "govlint.*"]),
        "govlint.grammars",
        "govlint.rules",
        *(f"govlint.rules.{family}" for family in find_packages("rules")),
    ]
)
