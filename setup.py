"""Tell setuptools where packs/ goes in the wheel; all else is in pyproject.toml."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["evenhand", "evenhand.*"]), "evenhand.packs"],
    package_dir={"evenhand.packs": "packs"},
)
