"""What leaves this machine holds placeholders where a person's text names somebody."""
