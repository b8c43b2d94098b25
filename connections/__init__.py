"""Services of others that we ask over the network: what all of them have in common, and the port for text messages."""
