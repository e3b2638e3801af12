"""What changes a queue: numbers, calls, appointments, the set-up, the end of a day."""
