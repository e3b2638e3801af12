"""The papers of a dossier: slips and results, their content as plain data and their typst templates beside it."""
