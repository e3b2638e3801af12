"""`/quan-tri/`: an administrator sets the commune up and keeps it so."""
