-- What an article is known by beside its URL: the same for its twins for other devices. Null: stored before.
alter table article add column key text constraint article_key unique;

-- By the essence an edit is told from none, and an article that its outlet lists anew from a new one.
alter table article_version add column essence bigint;
alter table article_version add column prints bigint[] not null default '{}';  -- ascending; of page or summary
create index article_version_essence on article_version (essence, fetched_at);

-- Copies of one text were told by a hash of the whole; now by prints of its parts.
alter table origin drop column fingerprint;

-- The least prints of each version that has an origin: where copies are looked for, the newest first.
create table print (
    print          bigint not null,
    fetched_at     timestamptz not null,
    article_id     bigint not null,
    version        integer not null,
    primary key (print, fetched_at, article_id, version),
    foreign key (article_id, version) references article_version
);
