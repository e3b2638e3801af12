"""A stand-in for ClamAV's daemon: speaks INSTREAM over a real socket, finds EICAR's test text, and misbehaves on command."""
