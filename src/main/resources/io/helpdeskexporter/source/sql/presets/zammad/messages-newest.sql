SELECT max(id) FROM ticket_articles
