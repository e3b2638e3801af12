"""The public site's pages, and the officials' day."""
