"""The page of the team lead: who has how much in hand, what is late and what it costs, and what is to come."""
