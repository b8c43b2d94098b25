"""What comes in and is no case: forwarded, returned, or taken up as a case after all (Awb 2:3, 6:15)."""
