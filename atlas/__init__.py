"""The program behind the atlas: from records to a published site, floor by floor (see ARCHITECTURE.md)."""

__version__ = "0.1.0"
