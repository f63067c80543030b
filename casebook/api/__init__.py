"""The casebook's part of the read-only public API (docs/api.md)."""
