"""External services that are queried over the network: what they have in common, and the port for text messages."""
