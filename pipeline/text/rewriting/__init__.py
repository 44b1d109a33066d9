"""Plainer wordings from a rewriter that nobody trusts. Pure."""
