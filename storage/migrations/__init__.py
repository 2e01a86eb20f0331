"""The tables as they came to be, one step after the other; a step that was released is never changed."""
