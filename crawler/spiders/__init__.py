"""How to walk one dialect. Spiders ask and hand on; they read nothing themselves and judge nothing."""
