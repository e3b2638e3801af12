"""What is measured, against what, and how to run it: `make bench`, or `python -m bench <part> …` for single parts."""
