"""The front door: knows everyone, is imported by nobody."""
