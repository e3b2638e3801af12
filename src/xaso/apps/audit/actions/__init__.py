"""The only writers of the audit record."""
