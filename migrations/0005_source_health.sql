-- How a source fares, for its admins; where it moved, and for how long it says that it holds.
alter table source
    add column failing_since timestamptz,                -- the first of the failures in a row
    add column silent_since  timestamptz,                -- its newest entry, where that is older than its habit allows
    add column told          text constraint source_told_known check (told in ('failing', 'silent')),
    add column lifetime      integer,                    -- seconds, as the list itself has it
    add column moved_to      text,                       -- where its address redirects for good
    add column moved_seen    integer not null default 0, -- checks in a row that were sent there
    add column moved_since   timestamptz;
update source set failing_since = checked_at where failures > 0;
-- The newest entries of a source, and the pauses between them, tell its habit.
create index entry_seen on entry (source_id, seen_at);
