"""The page of one request, for everybody who may see it. Each section has a file and a template of its own."""
