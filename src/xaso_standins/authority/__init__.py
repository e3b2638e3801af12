"""A certification authority as communes buy from: certificates, revocation lists, OCSP and time stamps, well-behaved or not."""
