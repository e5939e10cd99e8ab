-- What editions tell, stored once for all that tell the same: those of thousands of readers are some hundred lists a day.
create table item_list (
    item_list_id   bigint generated always as identity primary key,
    items          jsonb not null,                       -- items and coming_up of the digest
    lines          jsonb not null,                       -- the sentence of each, by the id of its development
    compiled_at    timestamptz not null                  -- of the first edition
);
create index item_list_compiled on item_list (compiled_at, item_list_id);

-- Null: frozen by a process of an older version, with its items, and their lines, in a content of its own.
alter table digest add column item_list_id bigint references item_list;
create index digest_item_list on digest (item_list_id);

-- The digest of each edition, whole.
create view edition as
select d.digest_id,
       d.content || coalesce(l.items, '{}') as content,
       coalesce(l.lines, d.lines, (
           select jsonb_object_agg(i.item ->> 'development', i.item ->> 'text')
           from jsonb_array_elements((d.content -> 'items') || (d.content -> 'coming_up')) as i (item)
           where i.item ->> 'development' is not null), '{}') as lines
from digest d left join item_list l using (item_list_id);
