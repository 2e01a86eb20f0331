"""What advisors have of their own: today, their agenda, and the sheet for who takes over."""
