"""What a pair keeps and does: sessions, agendas, promises, agreement, preparation."""
