"""What the signing room does: issue test certificates, sign, seal."""
