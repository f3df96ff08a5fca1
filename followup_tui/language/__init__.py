"""What people type: date phrases and filters."""
