SELECT max(id) FROM audits
