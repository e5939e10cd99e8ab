-- How often an entry was edited: an edit that comes while its page is being read is told by it.
alter table entry add column revision integer not null default 0;

-- Prints are dropped once no copy is looked for among them.
create index print_fetched_at on print (fetched_at);
