-- Finding a total by its number costs a third of finding it by six words.
ALTER TABLE total ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE;
COMMENT ON COLUMN total.id IS 'never used again, and rows are never removed, so that it may be remembered';
