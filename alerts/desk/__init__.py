"""The pages that people and providers reach over HTTP."""
