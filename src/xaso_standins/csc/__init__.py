"""A stand-in for a remote signing service: the API of the Cloud Signature Consortium, version 2, over real HTTP, that can misbehave."""
