SELECT max(id) FROM applied_slas
