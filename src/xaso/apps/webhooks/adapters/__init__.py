"""The way out of this house to programs outside."""
