"""What comes back of the mail that was sent: bounces and complaints, read and told apart."""
