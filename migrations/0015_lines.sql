-- The sentence of each item of an edition, by the id of its development: an edition need not be taken apart for it.
-- Null: frozen by a process of an older version.
alter table digest add column lines jsonb;
