-- What was merged or told is followed from the development, however much of it there is by then.
create index development_merged on development (merged_into) where merged_into is not null;
create index told_development on told (development_id);
