"""What the public may reach."""
