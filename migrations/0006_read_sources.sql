-- Sources that come by the dozen, from a catalogue or a file, are unverified until one look at them succeeded.
alter table source add column verified_at timestamptz;

-- Whom a list names as its entry's author: the channel that a post was forwarded from.
alter table entry add column author text;
