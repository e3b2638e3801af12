"""Stand-in for a provider's message centre: speaks SMPP 3.4 over a socket, keeps what it is sent, and misbehaves on command."""
