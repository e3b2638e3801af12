"""A real installation on Debian: `xaso install`, `xaso upgrade`. Runs as root, with the standard library and `cryptography` alone."""
