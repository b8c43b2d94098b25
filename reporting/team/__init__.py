"""The page of the team lead: everybody's workload, what is late and what it costs, and what is coming up."""
