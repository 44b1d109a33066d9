"""What several tests stand on: real databases, a real mail server, a replayed publisher."""
