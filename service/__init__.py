"""The doors: HTTP, worker process, command line, settings and the composition root."""
