"""A certification authority as communes buy from: certificates as PKCS#12 files, revocation lists and OCSP, well-behaved or not."""
