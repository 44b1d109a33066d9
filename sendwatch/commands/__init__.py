"""The commands, one room of them a file. Each imports what it needs when it is called."""
