"""What a language model is asked: one Markdown file each, with declared inputs."""
