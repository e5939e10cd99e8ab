-- Each mention of the article that the report stands for, and the developments that it was weighed against.
alter table report add column trace jsonb not null default '[]';
