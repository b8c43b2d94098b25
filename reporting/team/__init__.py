"""The team lead's page: everybody's workload, what is late and what that costs, and what is coming up."""
