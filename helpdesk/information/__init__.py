"""The information site: zones, exemptions, rules, prices, frequent questions, outages, and a search over all of it."""
