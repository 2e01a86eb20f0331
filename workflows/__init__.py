"""The durable shell: waiting, time, order and retries. It knows no other room."""
