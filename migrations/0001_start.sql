-- Tables are named in the singular and are the queues between the stages:
--   source (due) → entry (page wanted) → article (unread version) → development, change → digest → delivery (waiting)
-- Constraint names are API: code tells a duplicate from a fault by them.

-- One place to look for news. The database is the truth; sources of the configuration file are synced into it at start.
create table source (
    source_id      bigint generated always as identity primary key,
    name           text not null constraint source_name_key unique,
    url            text not null,
    type           text not null constraint source_type_known check (type in ('feed', 'listing', 'sitemap', 'channel')),
    outlet         text not null,                        -- the publisher: sources of one publisher count once
    selectors      jsonb not null default '{}',          -- item, link, title, date of a listing page
    origin         text not null default 'command' constraint source_origin_known check (origin in ('config', 'command')),
    schedule       text,                                 -- a cron line of its own; null: the default
    paused         boolean not null default false,
    removed_at     timestamptz,
    etag           text,                                 -- validators never run ahead of the entries they vouch for
    last_modified  text,
    next_check_at  timestamptz not null,
    checked_at     timestamptz,
    succeeded_at   timestamptz,
    failures       integer not null default 0,           -- in a row
    last_error     text,
    created_at     timestamptz not null
);
create index source_due on source (next_check_at) where removed_at is null and not paused;

-- One text that many outlets may carry (an agency's report): "n sources" counts origins.
create table origin (
    origin_id      bigint generated always as identity primary key,
    fingerprint    bytea not null constraint origin_fingerprint_key unique,
    first_seen_at  timestamptz not null
);

-- A stored report. One row a canonical URL; its texts are versions.
create table article (
    article_id     bigint generated always as identity primary key,
    url            text not null constraint article_url_key unique,
    source_id      bigint references source,             -- null: replayed from a file
    outlet         text not null,
    external_id    text,                                 -- the id in a replayed file
    published_at   timestamptz not null,                 -- or first_seen_at where none is known
    first_seen_at  timestamptz not null,
    version        integer not null default 1,           -- the newest article_version
    read_version   integer,                              -- the version read last; null or older: to be read
    read_at        timestamptz
);
create index article_unread on article (published_at, article_id) where read_version is distinct from version;
create index article_seen on article (first_seen_at);

create table article_version (
    article_id     bigint not null references article,
    version        integer not null,
    origin_id      bigint references origin,
    title          text,
    text           text not null,
    text_kind      text not null constraint text_kind_known check (text_kind in ('page', 'summary')),
    language       text,
    author         text,
    fetched_at     timestamptz not null,
    primary key (article_id, version)
);

-- One item of a source's list. Its page is fetched in a later step, claimed from here.
create table entry (
    entry_id       bigint generated always as identity primary key,
    source_id      bigint not null references source,
    key            text not null,                        -- the source's id of the item
    link           text,
    title          text,
    summary        text,
    published_at   timestamptz,
    seen_at        timestamptz not null,
    article_id     bigint references article,            -- null: nothing stored of it yet
    page_state     text not null default 'wanted'
                   constraint page_state_known check (page_state in ('wanted', 'had', 'given_up')),
    page_attempts  integer not null default 0,
    page_not_before timestamptz not null,
    page_error     text,
    constraint entry_key unique (source_id, key)
);
create index entry_wanted on entry (page_not_before) where page_state = 'wanted';

-- One event in the world, followed through time. Facts as last known; `facts` is the whole model value.
create table development (
    development_id bigint generated always as identity primary key,
    kind           text not null,
    status         text not null constraint status_known check (status in ('planned', 'occurred', 'cancelled', 'denied')),
    date_from      date,
    date_to        date,
    facts          jsonb not null,
    keys           text[] not null,                      -- what candidates are found by: kind, month and actor, place or word
    background     boolean not null default false,       -- known from context only, never reported as news
    first_reported_at timestamptz not null,              -- publication time of the first report
    last_reported_at  timestamptz not null,
    found_at       timestamptz not null,                 -- when it was first compared: what a window of editions is about
    merged_into    bigint references development,
    constraint date_order check (date_from <= date_to)
);
create index development_keys on development using gin (keys);
create index development_found on development (found_at);
create index development_coming on development (date_to) where status = 'planned' and merged_into is null and not background;

-- What one version of an article says of a development: the evidence for every line.
create table report (
    report_id      bigint generated always as identity primary key,
    development_id bigint not null references development,
    article_id     bigint not null references article,
    version        integer not null,
    relation       text not null constraint relation_known check (relation in ('new', 'update', 'repeat')),
    evidence       text not null constraint evidence_there check (evidence <> ''),
    mention        jsonb not null,                       -- the whole mention
    why            text not null,                        -- score and reasons of linking, for `explain`
    score          real not null,
    reported_at    timestamptz not null,                 -- the article's publication
    found_at       timestamptz not null,
    constraint report_once unique (development_id, article_id, version)
);
create index report_article on report (article_id);
create index report_found on report (found_at);

-- A fact that changed: was → now.
create table change (
    change_id      bigint generated always as identity primary key,
    development_id bigint not null references development,
    report_id      bigint not null references report,
    field          text not null,
    was            text not null,
    now            text not null,
    found_at       timestamptz not null,
    constraint change_once unique (report_id, field)
);
create index change_development on change (development_id, change_id);

-- What each outlet says of the toll, last.
create table toll (
    development_id bigint not null references development,
    outlet         text not null,
    field          text not null constraint toll_field_known check (field in ('killed', 'wounded')),
    value          integer not null constraint toll_not_negative check (value >= 0),
    at_least       boolean not null,
    report_id      bigint not null references report,
    primary key (development_id, outlet, field)
);

-- A chat (private, group, channel, forum topic) with its choices.
create table subscriber (
    subscriber_id  bigint generated always as identity primary key,
    chat_id        bigint not null,
    thread_id      integer not null default 0,           -- a forum topic; 0: the chat itself
    title          text not null default '',
    zone           text not null,                        -- IANA name
    kinds          text[] not null default '{}',         -- empty: all
    state          text not null default 'active' constraint subscriber_state_known check (state in ('active', 'stopped', 'gone')),
    state_reason   text,
    not_before     timestamptz,                          -- Telegram's flood wait for this chat
    created_at     timestamptz not null,
    subscribed_at  timestamptz not null,                 -- editions count from here: the first covers the 24 hours before it
    constraint subscriber_chat_key unique (chat_id, thread_id)
);

-- A subscriber's editions a day; slot 0 is the one that /subscribe sets.
create table edition_slot (
    subscriber_id  bigint not null references subscriber on delete cascade,
    slot           smallint not null,
    at             time not null,                        -- local time in the subscriber's zone
    primary key (subscriber_id, slot)
);

-- One edition, frozen when compiled.
create table digest (
    digest_id      bigint generated always as identity primary key,
    subscriber_id  bigint not null references subscriber on delete cascade,
    local_date     date not null,
    slot           smallint not null,
    window_from    timestamptz not null,
    window_to      timestamptz not null,
    content        jsonb not null,                       -- the digest as compiled
    compiled_at    timestamptz not null,
    constraint digest_edition_key unique (subscriber_id, local_date, slot)
);
create index digest_window on digest (subscriber_id, window_to);

-- What was told to whom: a development once as new, each change once.
create table told (
    subscriber_id  bigint not null references subscriber on delete cascade,
    development_id bigint not null references development,
    change_id      bigint not null default 0,            -- 0: the development itself
    digest_id      bigint not null references digest on delete cascade,
    constraint told_once primary key (subscriber_id, development_id, change_id)
);

-- The outbox: one part of one digest to one subscriber.
create table delivery (
    delivery_id    bigint generated always as identity primary key,
    digest_id      bigint not null references digest on delete cascade,
    subscriber_id  bigint not null references subscriber on delete cascade,
    part           smallint not null,
    body           text not null,                        -- Telegram HTML
    state          text not null default 'waiting'
                   constraint delivery_state_known check (state in ('waiting', 'sending', 'sent', 'parked', 'dropped')),
    attempts       integer not null default 0,
    refusals       integer not null default 0,           -- by Telegram; crashes and lost connections do not count
    not_before     timestamptz not null,
    leased_by      integer,                              -- the process: it holds the advisory lock of this number
    leased_until   timestamptz,
    message_id     integer,
    sent_at        timestamptz,
    error          text,
    constraint delivery_part_key unique (digest_id, part)
);
create index delivery_open on delivery (subscriber_id, digest_id, part) where state in ('waiting', 'sending');
create index delivery_due on delivery (not_before, delivery_id) where state in ('waiting', 'sending');

-- Processes alive now: each holds the advisory lock of its number. A lease by any other number is void.
create view live_process as
    select objid::bigint::integer as number
    from pg_locks
    where locktype = 'advisory' and classid = 1953064041 and objsubid = 2 and granted
      and database = (select oid from pg_database where datname = current_database());
