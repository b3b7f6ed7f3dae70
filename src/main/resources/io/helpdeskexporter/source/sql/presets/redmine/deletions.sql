-- Those of all projects: an issue that was moved elsewhere was not deleted.
SELECT id FROM issues ORDER BY id
