"""The only writers of webhooks and their deliveries."""
