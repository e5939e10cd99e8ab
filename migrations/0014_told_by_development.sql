-- What was told goes with its development: so the key begins with it. Rows that go together stand together, and whole
-- pages become free; by subscriber first, each page kept a few rows of each reader, and the index grew on and on.
alter table told drop constraint told_once,
    add constraint told_once primary key (development_id, subscriber_id, change_id);
drop index told_development;
create index told_subscriber on told (subscriber_id);
