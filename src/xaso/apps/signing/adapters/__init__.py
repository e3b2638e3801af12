"""Where private keys live, and who issues certificates."""
