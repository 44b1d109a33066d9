"""An editor's own text: written out, read back with the passages it rests on, merged with another's. Pure."""
