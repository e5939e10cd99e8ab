-- What a chat chose beyond time, zone and kinds.
alter table subscriber
    add column language    text,                         -- of the interface; null: as Telegram has it of who writes
    add column spoken      text,                         -- as Telegram had it of the reader last, in private chats
    add column days        smallint[] not null default '{}',  -- ISO week days of its editions; empty: every day
    add column topics      text[] not null default '{}', -- names of the configuration's topics; empty: all there is
    add column min_sources smallint not null default 1 constraint min_sources_positive check (min_sources > 0),
    add column silent      boolean not null default false,    -- sent without a sound
    add column quiet_from  time,                         -- nothing is sent between these local times
    add column quiet_to    time,
    add column alerts      smallint not null default 0 constraint alerts_not_negative check (alerts >= 0),  -- a day, at most
    add column chart_day   smallint,                     -- ISO week day on which the week's chart comes; null: never
    add constraint quiet_both check ((quiet_from is null) = (quiet_to is null));

-- A time that is chosen after it has passed holds from the next day on.
alter table edition_slot
    add column passed      date;                         -- editions up to this local day are not owed

-- Developments that belong together over weeks.
create table story (
    story_id       bigint generated always as identity primary key,
    name           text not null default '',             -- what people call it: the names of its parties
    parties        text[] not null,                      -- codes of countries and keys of bodies that it is between, sorted
    place          text,                                 -- where, as far as its developments agree
    started_at     timestamptz not null,                 -- publication of its first report
    last_at        timestamptz not null,                 -- and of its last
    muted_at       timestamptz                           -- by an admin, for all
);
create index story_parties on story using gin (parties);
create index story_last on story (last_at);
alter table development
    add column story_id bigint references story,
    add column about    text[] not null default '{}',    -- codes of countries, keys of actors and of places: what it is found by
    add column withdrawn_at timestamptz,                 -- marked wrong by an admin: those who were told are told so
    add column withdrawn_why text;
create index development_story on development (story_id, last_reported_at) where story_id is not null;
create index development_withdrawn on development (withdrawn_at) where withdrawn_at is not null;

-- Whom, where and what a chat wants more of, or none of.
create table choice (
    choice_id      bigint generated always as identity primary key,
    subscriber_id  bigint not null references subscriber on delete cascade,
    stance         text not null constraint stance_known check (stance in ('watched', 'muted')),
    name           text,                                 -- an actor or a place
    story_id       bigint references story,
    created_at     timestamptz not null,
    constraint choice_of_one check ((name is null) <> (story_id is null)),
    constraint choice_name_once unique (subscriber_id, name),
    constraint choice_story_once unique (subscriber_id, story_id)
);

-- Slots below 0 are the alerts of a day; `told.change_id` -1 is that a development was withdrawn.
alter table delivery
    add column picture     bytea,                        -- a PNG; the body is its caption
    alter column digest_id drop not null;                -- null: an admin's words to all
-- A chat's messages go in the order in which they were queued, whatever they are part of.
drop index delivery_open;
create index delivery_open on delivery (subscriber_id, delivery_id) where state in ('waiting', 'sending');

-- What an admin was shown and may confirm, once.
create table proposal (
    proposal_id    bigint generated always as identity primary key,
    made_at        timestamptz not null,
    what           jsonb not null,
    settled_at     timestamptz                           -- confirmed or called off
);

-- Who may not use the bot.
create table ban (
    user_id        bigint primary key,                   -- a person, or a chat
    banned_at      timestamptz not null,
    banned_by      bigint not null
);

-- What admins did.
create table audit (
    audit_id       bigint generated always as identity primary key,
    at             timestamptz not null,
    admin          bigint not null,                      -- Telegram's user id
    chat_id        bigint not null,
    act            text not null,                        -- the command's name, or the button's
    detail         text not null
);
create index audit_at on audit (at);

create index development_about on development using gin (about);

-- What was asked for last in a chat, for the buttons that turn its pages.
create table asked (
    asked_id       bigint generated always as identity primary key,
    chat_id        bigint not null,
    words          text not null,
    constraint asked_once unique (chat_id, words)
);

-- Words to look for.
alter table article_version add column words tsvector
    generated always as (to_tsvector('english', coalesce(title, '') || ' ' || left(text, 100000))) stored;
create index article_version_words on article_version using gin (words);
alter table development add column words tsvector
    generated always as (to_tsvector('english', facts ->> 'summary')) stored;
create index development_words on development using gin (words);
