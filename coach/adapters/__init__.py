"""The outside world behind the ports: index, embedders, documents, exports."""
