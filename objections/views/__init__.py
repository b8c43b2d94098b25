"""Pages of the portal about objections."""
