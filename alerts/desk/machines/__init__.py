"""What machines read: feeds, a calendar, whether all is well, and figures. Changes nothing."""
