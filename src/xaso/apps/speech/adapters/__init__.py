"""Voices of machines: programs of their own that read a text from their input."""
