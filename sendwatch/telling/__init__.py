"""Telling of Alerts elsewhere than by mail: another program, and the team's chat. Always beside the mail."""
