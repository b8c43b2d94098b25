"""What people read: zones, kinds, prices, frequent questions, outages."""
