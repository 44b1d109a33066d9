"""Faces the sources: the only room that speaks HTTP to publishers. Mails nothing, drafts nothing."""
