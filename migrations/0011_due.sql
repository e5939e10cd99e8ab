-- The queue of editions. A slot is looked at when its next edition falls due, and once a day at least, so that what
-- was reckoned wrongly mends itself. 1970: at once, to be reckoned anew; infinity: its chat gets no editions.
alter table edition_slot add column due_at timestamptz not null default '1970-01-01 00:00:00+00';
create index edition_slot_due on edition_slot (due_at, subscriber_id);

-- Whatever changes when editions fall due has it reckoned anew; here, so that a replica of an older version does so too.
create function reckon_slot() returns trigger language plpgsql as $$
begin
    new.due_at := '1970-01-01 00:00:00+00';
    return new;
end $$;
create trigger slot_changed before update of at, passed on edition_slot for each row
    when ((old.at, old.passed) is distinct from (new.at, new.passed))
    execute function reckon_slot();

create function reckon_slots_of_chat() returns trigger language plpgsql as $$
begin
    update edition_slot set due_at = '1970-01-01 00:00:00+00' where subscriber_id = new.subscriber_id;
    return null;
end $$;
create trigger chat_changed after update of zone, days, state, subscribed_at on subscriber for each row
    when ((old.zone, old.days, old.state, old.subscribed_at)
          is distinct from (new.zone, new.days, new.state, new.subscribed_at))
    execute function reckon_slots_of_chat();

-- Who was told that a development is wrong.
create index told_taken_back on told (subscriber_id) where change_id = -1;
