"""Signing in: who somebody is at a provider (OpenID Connect), and as which account they come in here."""
