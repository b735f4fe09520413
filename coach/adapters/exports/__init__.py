"""Agendas and questions as files that other programs open."""
