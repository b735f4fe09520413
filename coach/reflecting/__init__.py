"""From what somebody wrote after a session to something that both can use."""
