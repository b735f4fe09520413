"""Agendas and questions, composed by rules over the library."""
