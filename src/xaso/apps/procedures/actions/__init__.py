"""What changes the catalogue: loading its files, and what a commune sets for itself."""
