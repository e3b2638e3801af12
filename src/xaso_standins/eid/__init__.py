"""A stand-in for the national provider of electronic identities: OpenID Connect over a real socket, for demo and tests.

People are picked from a list instead of proving who they are. It misbehaves on command, see `misbehaviour`.
"""
