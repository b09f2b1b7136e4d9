"""Onrecord reads news reports and builds the record: who said what, and how it was rendered."""

from importlib.metadata import version

__version__ = version("onrecord")
