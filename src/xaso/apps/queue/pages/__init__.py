"""The pages: phones, appointments, the machine at the door, the screen, the desk, the figures, the set-up."""
