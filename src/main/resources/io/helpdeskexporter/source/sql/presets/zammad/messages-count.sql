SELECT count(*) FROM ticket_articles
