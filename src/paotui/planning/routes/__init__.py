"""Routes: vehicles of many kinds, stops in time windows, several trips, order, company, locks, change at a price."""
