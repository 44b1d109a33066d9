"""How much a change of words matters, and which facts it moved. Pure."""
