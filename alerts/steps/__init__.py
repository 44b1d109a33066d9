"""One verb a file: what is owed to people becomes rows, and rows become mail."""
