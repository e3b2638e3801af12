"""The national database as published: reading its records, and making procedures of them. Pure, no database.

Every cell is kept as it was printed. Beside it stands what could be read without guessing; the rest is unknown, with the reason.
"""
