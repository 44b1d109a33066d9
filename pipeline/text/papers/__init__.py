"""What a paper is: its kind, its letter, whose words it gives in what force, its dates. Pure."""
