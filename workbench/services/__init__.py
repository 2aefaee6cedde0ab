"""What a user can do. Each function is one use of the workbench, for page and terminal alike."""
