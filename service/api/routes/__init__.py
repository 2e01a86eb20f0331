"""The addresses of the API, by subject. Every one of them is guarded."""
