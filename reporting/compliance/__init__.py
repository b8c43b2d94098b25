"""From passages that cameras saw to how many of them were allowed, and why. No plate leaves the count."""
