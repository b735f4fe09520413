"""What tells who somebody is, found on this machine."""
