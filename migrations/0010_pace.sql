-- One bot's pace over all processes: when the next message of the outbox may go. Replies push it on.
create table pace (
    one            boolean primary key default true constraint pace_once check (one),
    next_at        timestamptz not null
);
insert into pace (next_at) values ('1970-01-01');

-- What was sent lately, and what was given up, without a look at all that was ever sent.
create index delivery_sent on delivery (sent_at) where sent_at is not null;
create index delivery_parked on delivery (delivery_id) where state = 'parked';
