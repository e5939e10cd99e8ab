-- A channel, as Telegram has it: its readers can write no commands. Of one that subscribed before, not known.
alter table subscriber add column broadcast boolean not null default false;
