-- Retention: what is older than the owner wants to keep goes, unless something open needs it.

-- The last day on which its source's list named the entry. One that is still named must stay, or it would come again
-- as a new one.
alter table entry add column listed_on date not null default current_date;
-- The last day on which the list was read with its entries: they are what it holds for as long as it is unchanged.
alter table source add column listed_on date;

-- Since when a chat is known to be stopped or gone.
alter table subscriber add column left_at timestamptz;

alter table asked add column asked_at timestamptz not null default now();

-- Each row that goes is looked for in the tables that refer to it.
create index entry_article on entry (article_id);
create index print_version on print (article_id, version);
create index article_version_origin on article_version (origin_id);
create index toll_report on toll (report_id);
create index told_digest on told (digest_id);
create index delivery_subscriber on delivery (subscriber_id);
create index choice_story on choice (story_id) where story_id is not null;

-- What is old.
create index digest_compiled on digest (compiled_at);
create index delivery_of_none on delivery (not_before) where digest_id is null;
