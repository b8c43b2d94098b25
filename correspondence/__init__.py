"""What comes in but is not a case: forwarded, returned, or taken up as a case after all (Awb 2:3, 6:15)."""
